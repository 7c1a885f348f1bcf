"""Lists of documents: the stored summaries, joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from django.http import HttpRequest, HttpResponse

from cms.api import cursors, links
from cms.api.fields import pick
from cms.api.lists import ListRequest, parse_list
from cms.api.parameters import query_of
from cms.api.responses import json_response, settled
from cms.publishing import reads
from cms.publishing.hosts import host_of
from cms.publishing.reads import Cursor, DocumentRow, ShownRow


@dataclass(frozen=True, slots=True)
class Listed:
    """JSON of each result, when any of them changes by itself, and where the pages before and after begin."""

    results: list[bytes]
    ends: tuple[datetime | None, ...] = ()
    next: str | None = None
    previous: str | None = None


def documents(request: HttpRequest, types: tuple[str, ...], ids: bool = False) -> HttpResponse:
    """A list of these types; ``ids`` where they may be asked for by id as well."""
    asked = parse_list(query_of(request), types, host_of(request), ids)
    listed = run(asked)
    next_url = links.with_parameter(request, "cursor", listed.next) if listed.next else None
    previous_url = links.with_parameter(request, "cursor", listed.previous) if listed.previous else None
    response = json_response(
        request,
        body_of(listed.results, next_url, previous_url),
        last_modified=_last_modified(asked),
        tags=asked.tags,
        ends=(*listed.ends, *asked.ends()),
    )
    if header := links.link_header(next_url, previous_url):
        response["Link"] = header
    return response


def run(asked: ListRequest) -> Listed:
    """At most two SQL queries."""
    if asked.ids is not None:
        rows = by_ids(asked, asked.ids)
        shown = [ShownRow(row.id, row.fresh_until, row.detail if asked.fields else row.summary) for row in rows]
        return Listed(_results(shown, asked.fields), _ends(shown))
    found = reads.list_shown(asked.query, detail=bool(asked.fields))
    order = asked.query.order
    return Listed(
        _results(found.rows, asked.fields),
        _ends(found.rows),
        _text(order, found.next),
        _text(order, found.previous),
    )


def by_ids(asked: ListRequest, ids: Sequence[int]) -> list[DocumentRow]:
    """The documents of these ids that pass the filters, in the order of the ids."""
    rows = reads.documents(asked.site.id, ids, detail=bool(asked.fields))
    query = asked.query
    if query.types:
        rows = [row for row in rows if row.type in query.types]
    if query.keys:
        keys = reads.keys([row.id for row in rows])
        rows = [
            row
            for row in rows
            if all(not set(keys[row.id].get(field, ())).isdisjoint(values) for field, values in query.keys)
        ]
    return rows


def body_of(results: list[bytes], next_url: str | None, previous_url: str | None) -> bytes:
    """{"results": […], "next": url or null, "previous": url or null}"""
    tail = orjson.dumps({"next": next_url, "previous": previous_url})
    return b'{"results":[' + b",".join(results) + b"]," + tail[1:]


def _results(rows: Sequence[ShownRow], fields: tuple[str, ...]) -> list[bytes]:
    return [pick(row.json, fields) if fields else row.json for row in rows]


def _ends(rows: Sequence[ShownRow]) -> tuple[datetime | None, ...]:
    return tuple(row.fresh_until for row in rows)


def _text(order: str, cursor: Cursor | None) -> str | None:
    return cursors.encode(order, cursor) if cursor else None


def _last_modified(asked: ListRequest) -> datetime | None:
    """Of the site, as a list also changes when its newest entry goes; None for lists that change with the hour."""
    return None if asked.query.when else settled(asked.site.changed_at)
