"""What a webhook is told: names of events, and the message of an entry of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import orjson
from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from cms.api import feed
from cms.api.links import api_url
from cms.content import times
from cms.delivery.addresses import origin
from cms.publishing import reads
from cms.publishing.reads import ChangeRow

KINDS = {
    "published": _("a page becomes public"),
    "updated": _("a public page changes"),
    "moved": _("a public page moves"),
    "removed": _("a page is no longer public"),
    "redirect": _("a redirect changes"),
    "navigation": _("menus change"),
    "site": _("settings of the site change"),
}
"""Of the log, with what an editor reads."""

TEST = "webhook.test"
RESTARTED = "log.restarted"


@dataclass(frozen=True, slots=True)
class Message:
    """``subject``: messages of one subject arrive in order."""

    id: str
    event: str
    subject: str
    position: int
    document_id: int | None
    payload: str


class Origins:
    """Where each site's absolute URLs begin; read once for a batch."""

    def __init__(self) -> None:
        self._sites = {site.id: site for site in reads.sites()}

    def of(self, site_id: int) -> str:
        site = self._sites.get(site_id)
        return origin(site) if site else settings.PUBLIC_URL

    def hostname(self, site_id: int) -> str | None:
        site = self._sites.get(site_id)
        return site.hostname if site else None

    def default(self) -> str:
        """Of what belongs to no site."""
        found = [site for site in self._sites.values() if site.is_default] or list(self._sites.values())
        return origin(found[0]) if found else settings.PUBLIC_URL


def of_change(row: ChangeRow, epoch: str, origins: Origins) -> Message:
    """The entry as /api/v1/changes/ has it, with absolute URLs and its site's host name."""
    entry = feed.logged(row, epoch)
    begins = origins.of(row.site_id)
    data = {
        **entry,
        "api_url": urljoin(begins, entry["api_url"]),
        "url": begins + iri_to_uri(row.path) if row.path else None,
        "site": origins.hostname(row.site_id),
    }
    if row.id is None:
        event, subject = f"{row.kind}.changed", f"{row.kind}:{row.site_id}:{row.path}"
    else:
        event, subject = f"document.{row.kind}", f"page:{row.id}"
    return Message(
        id=f"chg_{epoch}_{row.cursor}",
        event=event,
        subject=subject,
        position=row.cursor,
        document_id=row.id,
        payload=_payload(event, times.instant(row.at), data),
    )


def restarted(epoch: str, position: int) -> Message:
    """The log does not tell what happened since the last message: the receiver reads everything again."""
    data = {"api_url": urljoin(Origins().default(), api_url("changes/"))}
    return Message(
        id=f"log_{epoch}_{position}",
        event=RESTARTED,
        subject="log",
        position=position,
        document_id=None,
        payload=_payload(RESTARTED, times.instant(_now()), data),
    )


def test(number: str) -> Message:
    data = {"api_url": urljoin(Origins().default(), api_url("changes/"))}
    return Message(
        id=f"test_{number}",
        event=TEST,
        subject=f"test:{number}",
        position=0,
        document_id=None,
        payload=_payload(TEST, times.instant(_now()), data),
    )


def _now() -> datetime:
    return datetime.now(times.OSLO)


def _payload(event: str, at: str | None, data: dict[str, Any]) -> str:
    return orjson.dumps({"type": event, "timestamp": at, "data": data}).decode()
