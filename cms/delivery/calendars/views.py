"""``/calendar/{plural}.ics`` with all events of a type, ``/calendar/{plural}/{id}.ics`` with one page's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from cms.api import common
from cms.api.cursors import MAX_ID
from cms.api.lists import ListRequest
from cms.api.parameters import read
from cms.api.problems import ProblemError, not_found
from cms.delivery import answers
from cms.delivery.calendars import ical
from cms.delivery.calendars.entries import Entry, of_event, of_gathering, of_removed
from cms.delivery.calendars.request import parse_calendar, passes
from cms.delivery.feeds.content import type_label
from cms.plugins import registry
from cms.plugins.registry import ContentType
from cms.publishing import cache_tags, reads, syndication
from cms.publishing.reads import DocumentRow, SiteRow, Tombstone

MOST = 1000
"""Events of one calendar; older ones are left out."""

CHUNK = 100
KEPT_AFTER_REMOVAL = timedelta(days=90)
MOST_REMOVED = 500
GATHERINGS = "gatherings"
"""The key of documents that list dates, each perhaps with an event page."""


def all_events(request: HttpRequest, plural: str) -> HttpResponse:
    content_type = _content_type(plural)
    if not _is_event(content_type):
        raise not_found(f"There is no calendar of {plural}.")
    asked = parse_calendar(request.GET, (content_type.name,), request.get_host())
    about = orjson.loads(asked.site.settings)
    name = f"{type_label(content_type.name, about['default_locale'], plural=True)} – {about['name']}"
    most = asked.query.limit if "limit" in request.GET else MOST
    entries = [*_listed(asked, most), *_removed(asked, (content_type.name,))]
    return _send(request, entries, f"{plural}.ics", ("feed", "site"), name=name, timeless=not asked.query.when)


def of_page(request: HttpRequest, plural: str, id: str) -> HttpResponse:
    """An event, or a network's gatherings. An event that is no longer public is told to be cancelled."""
    content_type = _content_type(plural)
    site = common.site_of(read((common.SITE,), request.GET), request.get_host())
    page_id = int(id)
    found = reads.document(site.id, page_id) if page_id <= MAX_ID else None
    if found is None or found.type != content_type.name or not _has_calendar(content_type):
        raise not_found(f"There is no calendar of {plural}/{page_id}.")
    name, tags = f"{found.type}-{page_id}.ics", [cache_tags.document_tag(page_id), "site"]
    if isinstance(found, Tombstone):
        return _send(request, _of_removed(site, found), name, tags)
    document = orjson.loads(found.detail)
    if _is_event(content_type):
        return _send(request, _events([found]), name, tags)
    gatherings = document[GATHERINGS]
    tags += [cache_tags.document_tag(each["event"]["id"]) for each in gatherings if each["event"]]
    return _send(request, _gatherings(found, document), name, tags, name=document["title"])


def _content_type(plural: str) -> ContentType:
    for content_type in registry.content_types().values():
        if content_type.spec.plural == plural:
            return content_type
    raise not_found(f"There is no calendar of {plural}.")


def _is_event(content_type: ContentType) -> bool:
    return content_type.spec.schema_org == "Event"


def _has_calendar(content_type: ContentType) -> bool:
    return _is_event(content_type) or any(expose.name == GATHERINGS for expose in content_type.spec.fields)


def _listed(asked: ListRequest, most: int) -> Iterator[Entry]:
    """The events of a list, without holding all of their documents at once."""
    query = replace(asked.query, limit=min(CHUNK, most))
    while True:
        found = reads.list_documents(query, detail=True)
        yield from _events(found.rows)
        most -= len(found.rows)
        if found.next is None or most <= 0:
            return
        query = replace(query, cursor=found.next, limit=min(CHUNK, most))


def _events(rows: list[DocumentRow]) -> list[Entry]:
    ids = syndication.permanent_ids([row.id for row in rows])
    entries = (of_event(row, orjson.loads(row.detail), ids[row.id]) for row in rows)
    return [entry for entry in entries if entry]


def _gatherings(row: DocumentRow, network: dict[str, Any]) -> list[Entry]:
    """Those with an event page are that event, under its own UID, so that nobody has it twice."""
    pages = [each["event"]["id"] for each in network[GATHERINGS] if each["event"]]
    events = {each.id: each for each in reads.documents(None, pages)}
    ids = syndication.permanent_ids([row.id, *events])
    found: dict[str, Entry] = {}
    for gathering in network[GATHERINGS]:
        page = gathering["event"]
        event = events.get(page["id"]) if page else None
        entry = (
            of_event(event, orjson.loads(event.detail), ids[event.id])
            if event
            else of_gathering(row, network, gathering, ids[row.id])
        )
        if entry:
            found[entry.uid] = entry
    return list(found.values())


def _removed(asked: ListRequest, types: tuple[str, ...]) -> list[Entry]:
    since = timezone.now() - KEPT_AFTER_REMOVAL
    rows = syndication.removed(asked.site.id, types, since, MOST_REMOVED)
    return [of_removed(row) for row in rows if passes(row, asked.query)]


def _of_removed(site: SiteRow, tombstone: Tombstone) -> list[Entry]:
    """Nothing for a network: which dates it had is no longer known, and a subscription loses what is not told."""
    row = syndication.removed_page(site.id, tombstone.id)
    if row is None:  # it has come back in this very moment
        raise ProblemError("not-ready", "The page is being published. Try again.")
    return [of_removed(row)] if _is_event(registry.content_types()[row.type]) else []


def _send(
    request: HttpRequest,
    entries: list[Entry],
    filename: str,
    tags: Any,
    *,
    name: str = "",
    timeless: bool = True,
) -> HttpResponse:
    response = answers.text(
        request, ical.write(entries, name), content_type=ical.CONTENT_TYPE, tags=tags, timeless=timeless
    )
    if response.status_code == 200:
        response["Content-Disposition"] = content_disposition_header(not name, filename) or "inline"
    return response
