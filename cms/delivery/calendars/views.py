"""``/calendar/{plural}.ics`` with all events of a type, ``/calendar/{plural}/{id}.ics`` with one page's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from cms.api import common
from cms.api.cursors import MAX_ID
from cms.api.lists import ListRequest
from cms.api.parameters import parsed, query_of, read
from cms.api.problems import ProblemError, not_found
from cms.api.responses import of_nothing
from cms.delivery import answers
from cms.delivery.calendars import ical
from cms.delivery.calendars.entries import Entry, of_event, of_gathering, of_removed
from cms.delivery.calendars.request import parse_calendar, passes
from cms.delivery.calendars.types import GATHERINGS, has_calendar, is_event
from cms.delivery.feeds.content import type_label
from cms.plugins import registry
from cms.plugins.registry import ContentType
from cms.publishing import cache_tags, reads, syndication
from cms.publishing.hosts import host_of
from cms.publishing.reads import DocumentRow, SiteRow, Tombstone
from cms.publishing.syndication import Removed

MOST = 1000
"""Events of one calendar; older ones are left out."""

CHUNK = 100
KEPT_AFTER_REMOVAL = timedelta(days=90)
MOST_REMOVED = 500


def all_events(request: HttpRequest, plural: str) -> HttpResponse:
    content_type = _content_type(plural)
    if not is_event(content_type):
        raise not_found(f"There is no calendar of {plural}.")
    asked = parse_calendar(query_of(request), (content_type.name,), host_of(request))
    about = orjson.loads(reads.default_tree(asked.site.id).settings)
    name = f"{type_label(content_type.name, about['default_locale'], plural=True)} – {about['name']}"
    most = asked.query.limit if "limit" in parsed(query_of(request)) else MOST
    entries: list[Entry] = []
    ends = [*asked.ends()]
    for rows in _listed(asked, most):
        entries += _events(rows)
        ends += [row.fresh_until for row in rows]
    removed = _removed(asked, (content_type.name,))
    entries += map(of_removed, removed)
    ends += [row.removed_at + KEPT_AFTER_REMOVAL for row in removed]
    return _send(
        request,
        entries,
        f"{plural}.ics",
        tags=(*asked.tags, "site"),
        ends=ends,
        name=name,
        timeless=not asked.query.when and not removed,
    )


def of_page(request: HttpRequest, plural: str, id: int) -> HttpResponse:
    """An event, or a network's gatherings. An event that is no longer public is told to be cancelled."""
    content_type = _content_type(plural)
    site = common.site_of(read((common.SITE,), query_of(request)), host_of(request))
    found = reads.document(site.id, id) if id <= MAX_ID else None
    tags = (cache_tags.document_tag(id), "site")
    if found is None or found.type != content_type.name or not has_calendar(content_type):
        raise not_found(f"There is no calendar of {plural}/{id}.", of_nothing(tags, site))
    filename, ends = f"{found.type}-{id}.ics", (site.next_live_at,)
    if isinstance(found, Tombstone):
        return _send(request, _of_removed(site, found), filename, tags=tags, ends=ends)
    if is_event(content_type):
        return _send(request, _events([found]), filename, tags=tags, ends=(*ends, found.fresh_until))
    network = orjson.loads(found.detail)
    events = _events_of(network)
    return _send(
        request,
        _gatherings(found, network, events),
        filename,
        tags=(*tags, *map(cache_tags.document_tag, events)),
        ends=(*ends, found.fresh_until, *(each.fresh_until for each in events.values())),
        name=network["title"],
    )


def _content_type(plural: str) -> ContentType:
    for content_type in registry.content_types().values():
        if content_type.spec.plural == plural:
            return content_type
    raise not_found(f"There is no calendar of {plural}.")


def _listed(asked: ListRequest, most: int) -> Iterator[list[DocumentRow]]:
    """The events of a list, some at a time: not all of their documents are held at once."""
    query = replace(asked.query, limit=min(CHUNK, most))
    while True:
        found = reads.list_documents(query, detail=True)
        yield found.rows
        most -= len(found.rows)
        if found.next is None or most <= 0:
            return
        query = replace(query, cursor=found.next, limit=min(CHUNK, most))


def _events(rows: list[DocumentRow]) -> list[Entry]:
    ids = syndication.permanent_ids([row.id for row in rows])
    entries = (of_event(row, orjson.loads(row.detail), ids[row.id]) for row in rows)
    return [entry for entry in entries if entry]


def _events_of(network: dict[str, Any]) -> dict[int, DocumentRow]:
    """The event pages of a network's gatherings."""
    pages = [each["event"]["id"] for each in network[GATHERINGS] if each["event"]]
    return {each.id: each for each in reads.documents(None, pages, detail=True)}


def _gatherings(row: DocumentRow, network: dict[str, Any], events: dict[int, DocumentRow]) -> list[Entry]:
    """Those with an event page are that event, under its own UID, so that nobody has it twice."""
    ids = syndication.permanent_ids([row.id, *events])
    found: dict[str, Entry] = {}
    for gathering in network[GATHERINGS]:
        page = gathering["event"]
        event = events.get(page["id"]) if page else None
        entry = of_event(event, orjson.loads(event.detail), ids[event.id]) if event else None
        entry = entry or of_gathering(row, network, gathering, ids[row.id])
        if entry:
            found[entry.uid] = entry
    return list(found.values())


def _removed(asked: ListRequest, types: tuple[str, ...]) -> list[Removed]:
    since = timezone.now() - KEPT_AFTER_REMOVAL
    rows = syndication.removed(asked.site.id, types, since, MOST_REMOVED)
    return [row for row in rows if passes(row, asked.query)]


def _of_removed(site: SiteRow, tombstone: Tombstone) -> list[Entry]:
    """Nothing for a network: which dates it had is no longer known, and a subscription loses what is not told."""
    row = syndication.removed_page(site.id, tombstone.id)
    if row is None:  # it has come back in this very moment
        raise ProblemError("not-ready", "The page is being published. Try again.")
    return [of_removed(row)] if is_event(registry.content_types()[row.type]) else []


def _send(
    request: HttpRequest,
    entries: list[Entry],
    filename: str,
    *,
    tags: Iterable[str],
    ends: Iterable[datetime | None],
    name: str = "",
    timeless: bool = True,
) -> HttpResponse:
    response = answers.text(
        request,
        ical.write(entries, name),
        content_type=ical.CONTENT_TYPE,
        tags=tags,
        ends=ends,
        timeless=timeless,
    )
    if response.status_code == 200:
        response["Content-Disposition"] = content_disposition_header(not name, filename) or "inline"
    return response
