"""The change feed: what is published now, one entry each, and then the log of what changed since it began to be read.

A cursor says how far a client is: in the documents, in the redirects, or in the log. It names the epoch of the log
and, before the log is reached, the position from which it will be read on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from urllib.parse import quote

from cms.api import cursors
from cms.api.answers import ChangeEntry
from cms.api.links import api_url
from cms.api.problems import Fault, ProblemError, invalid
from cms.api.values import MalformedError
from cms.content import times
from cms.publishing import mirror, reads
from cms.publishing.reads import ChangeRow


@dataclass(frozen=True, slots=True)
class Place:
    """How far a client is.

    phase     documents, redirects, log
    position  of the log: where its reading begins, or how far it got
    after     the id of the last document, or the path of the last redirect, that was sent
    """

    epoch: str
    phase: str
    position: int
    after: int | str = 0

    def text(self) -> str:
        return cursors.pack([self.epoch, self.phase, self.position, self.after])


@dataclass(frozen=True, slots=True)
class Page:
    """``cursor`` is the place behind the last entry; ``more``: whether there is something behind it already."""

    entries: list[ChangeEntry]
    cursor: str
    more: bool


def changes(site_id: int, after: str | None, limit: int) -> Page:
    """Raises ProblemError for a cursor that is broken (400) or that the log does not go back to (410)."""
    epoch, last = reads.epoch(), reads.last_change()
    place = Place(epoch, "documents", last) if after is None else _checked(_place(after))
    found = list(islice(_from(site_id, place, limit + 1), limit + 1))
    entries = [entry for entry, _ in found[:limit]]
    if len(found) > limit:
        return Page(entries, found[limit - 1][1].text(), more=True)
    # Nothing is left for now. All that the log had when we began is read, so the client goes on behind that.
    position = max(last, found[-1][1].position if found else 0)
    return Page(entries, Place(epoch, "log", position).text(), more=False)


def _checked(place: Place) -> Place:
    """Raises ProblemError where the log does not lead on from the place."""
    if place.epoch != reads.epoch() or not reads.log_begin() <= place.position <= reads.last_change():
        raise ProblemError(
            "cursor-expired",
            "The log no longer goes back to this cursor, or has begun anew since. Start over without `after`.",
            [Fault("after", "the cursor has expired.", "Drop your copy and leave the parameter out.")],
        )
    return place


Step = tuple[ChangeEntry, Place]


def _from(site_id: int, place: Place, limit: int) -> Iterator[Step]:
    """Entries from a place on, each with the place behind it."""
    phases = list(_PHASES)
    for phase in phases[phases.index(place.phase) :]:
        if phase != place.phase:
            place = replace(place, phase=phase, after=_PHASES[phase][0])
        yield from _PHASES[phase][1](site_id, place, limit)


def _documents(site_id: int, place: Place, limit: int) -> Iterator[Step]:
    for row in mirror.live_documents(site_id, int(place.after), limit):
        behind = replace(place, after=row.id)
        yield (
            {
                "cursor": behind.text(),
                "kind": "published",
                "id": row.id,
                "type": row.type,
                "locale": row.locale,
                "path": row.path,
                "previous_path": None,
                "version": row.version,
                "at": times.instant(row.changed_at),
                "api_url": _page_url(row.id),
            },
            behind,
        )


def _redirects(site_id: int, place: Place, limit: int) -> Iterator[Step]:
    for path in mirror.redirect_paths(site_id, str(place.after), limit):
        behind = replace(place, after=path)
        yield _bare("redirect", behind, path, None), behind


def _log(site_id: int, place: Place, limit: int) -> Iterator[Step]:
    for row in reads.changes(site_id, place.position, limit):
        behind = replace(place, position=row.cursor, after=0)
        yield _logged(row, behind), behind


def logged(row: ChangeRow, epoch: str) -> ChangeEntry:
    """An entry of the log, wherever it is told."""
    return _logged(row, Place(epoch, "log", row.cursor))


def position_of(cursor: str) -> int:
    """Of the log, from a cursor of the feed. Raises ProblemError for one that is broken or expired."""
    return _checked(_place(cursor)).position


def _logged(row: ChangeRow, behind: Place) -> ChangeEntry:
    if row.id is None:
        return _bare(row.kind, behind, row.path or None, row.at)
    return {
        "cursor": behind.text(),
        "kind": row.kind,  # type: ignore[typeddict-item]
        "id": row.id,
        "type": row.type,
        "locale": row.locale,
        "path": row.path,
        "previous_path": row.previous_path or None,
        "version": row.version,
        "at": times.instant(row.at),
        "api_url": _page_url(row.id),
    }


def _bare(kind: str, behind: Place, path: str | None, at: datetime | None) -> ChangeEntry:
    """An entry that is about no page: a redirect, the menus, the site's settings."""
    return {
        "cursor": behind.text(),
        "kind": kind,  # type: ignore[typeddict-item]
        "id": None,
        "type": None,
        "locale": None,
        "path": path,
        "previous_path": None,
        "version": None,
        "at": times.instant(at),
        "api_url": api_url(f"resolve/?path={quote(path)}") if path else api_url(f"{kind}/"),
    }


def _page_url(page_id: int) -> str:
    return api_url(f"content/{page_id}/")


_PHASES: dict[str, tuple[int | str, Callable[[int, Place, int], Iterator[Step]]]] = {
    "documents": (0, _documents),
    "redirects": ("", _redirects),
    "log": (0, _log),
}
"""In order; with what ``after`` is before the first entry."""


def _place(text: str) -> Place:
    try:
        match cursors.unpack(text):
            case [str(epoch), "documents" | "log" as phase, int(position), int(after)] if (
                0 <= position <= cursors.MAX_ID and 0 <= after <= cursors.MAX_ID
            ):
                return Place(epoch, phase, int(position), int(after))
            case [str(epoch), "redirects" as phase, int(position), str(path)] if (
                0 <= position <= cursors.MAX_ID and "\x00" not in path
            ):
                return Place(epoch, phase, int(position), path)
        raise cursors.broken()
    except MalformedError as error:
        raise invalid([Fault("after", error.detail, error.hint)]) from None
