"""What feeds, calendars and the sitemap ask besides lists. Touches only the publishing tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Count, F, Min, QuerySet

from cms.publishing.models import Change, Document

CHUNK = 200
"""Documents read at once: a detail may have a hundred kilobytes."""


def permanent_ids(ids: Sequence[int]) -> dict[int, UUID]:
    """Page id → an identity for other people's programs, which keep what they fetched under it.

    It stays when the page moves, is renamed or comes back, and when the site gets another host name; no other
    installation has the same.
    """
    rows = Document.objects.filter(pk__in=list(ids)).values_list("pk", "translation_key", "locale")
    return {page_id: permanent_id(key, locale) for page_id, key, locale in rows}


def permanent_id(translation_key: str, locale: str) -> UUID:
    return uuid5(UUID(translation_key), locale)


def last_changed_at() -> datetime | None:
    """When anything was last published, removed or changed; None while the log is empty."""
    return Change.objects.order_by("-pk").values_list("at", flat=True).first()


def next_end(site_id: int) -> datetime | None:
    """When a document of the site changes next by itself, as far as that is known."""
    return Document.objects.filter(site_id=site_id, removed_at=None).aggregate(end=Min("fresh_until"))["end"]


@dataclass(frozen=True, slots=True)
class Removed:
    """What is still known of a page that was public: no title, no text. Dates as they were last public."""

    id: int
    type: str
    locale: str
    language: str
    path: str
    translation_key: str
    version: int
    date_start: datetime
    date_end: datetime
    removed_at: datetime

    @property
    def permanent_id(self) -> UUID:
        return permanent_id(self.translation_key, self.locale)


def removed(site_id: int, types: Sequence[str], since: datetime, limit: int) -> list[Removed]:
    """Pages of these types that were removed after a moment, the last ones first."""
    return _removed(Document.objects.filter(site_id=site_id, type__in=types, removed_at__gt=since), limit)


def removed_page(site_id: int, page_id: int) -> Removed | None:
    found = _removed(Document.objects.filter(site_id=site_id, pk=page_id, removed_at__isnull=False), 1)
    return found[0] if found else None


def _removed(rows: QuerySet[Document], limit: int) -> list[Removed]:
    found = rows.order_by("-removed_at", "-pk").values_list(*(each.name for each in fields(Removed)))
    return [Removed(*values) for values in found[:limit]]


def live_by_range(site_id: int, size: int) -> dict[int, int]:
    """Number of a range of ids → how many live documents are in it; ranges without any are left out.

    Ranges of ids stay what they are when a page comes or goes.
    """
    live = Document.objects.filter(site_id=site_id, removed_at=None)
    counted = live.order_by().values(begin=F("pk") - F("pk") % size).annotate(found=Count("pk"))
    return {begin // size: found for begin, found in sorted(counted.values_list("begin", "found"))}


def live_details(site_id: int, first: int, last: int) -> Iterator[tuple[bytes, datetime]]:
    """The detail and the time of the last change of live documents with ids from ``first`` to before ``last``."""
    live = Document.objects.filter(site_id=site_id, removed_at=None, pk__lt=last).order_by("pk")
    rows = live.values_list("pk", "detail", "changed_at")
    while found := list(rows.filter(pk__gte=first)[:CHUNK]):
        yield from ((bytes(detail), changed_at) for _, detail, changed_at in found)
        first = found[-1][0] + 1
