"""Sites as public code knows them, and which of them a Host header means."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, Q, QuerySet, Value, When

from cms.publishing.models import PublishedSite
from cms.publishing.prepared import Prepared

COLUMNS = ("id", "hostname", "port", "is_default", "name", "changed_at", "next_live_at")


class SiteRow(NamedTuple):
    """A published site.

    changed_at    when the log last told of the site
    next_live_at  when the next scheduled page goes live
    """

    id: int
    hostname: str
    port: int
    is_default: bool
    name: str
    changed_at: datetime | None
    next_live_at: datetime | None


class NotBuilt(Exception):
    """Nothing was ever published here: an answer would be a guess (503, not 404)."""


class Host(NamedTuple):
    """``port`` 0: none is named."""

    name: str
    port: int


def parse_host(header: str) -> Host:
    """
    >>> parse_host("Example.org:8000")
    Host(name='example.org', port=8000)
    """
    name, colon, port = header.rpartition(":")
    if not colon or port.endswith("]"):  # an IPv6 address has colons as well
        name, port = header, ""
    # as large as the column
    return Host((name or header).lower(), int(port) if port.isdecimal() and int(port) < 2**31 else 0)


def meant_by(name: str, port: int) -> QuerySet[PublishedSite]:
    """The sites that a host may mean, the best first: name and port, the name, the default site."""
    exact = When(hostname=name, port=port, then=Value(0))
    nearest = Case(exact, When(hostname=name, then=Value(1)), default=Value(2))
    found = PublishedSite.objects.filter(Q(hostname=name) | Q(is_default=True))
    return found.order_by(nearest, "-is_default", "pk")


_meant_by = Prepared(lambda name, port: meant_by(name, port).values_list(*COLUMNS)[:1], "", 0)


def site_for_host(header: str) -> SiteRow:
    """The site of a Host header, else the default one, else the oldest. Raises NotBuilt where there is none at all."""
    rows = _meant_by(*parse_host(header)) or list(PublishedSite.objects.order_by("pk").values_list(*COLUMNS)[:1])
    if not rows:
        raise NotBuilt
    return SiteRow(*rows[0])
