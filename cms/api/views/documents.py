"""One document: by id and by path. The stored bytes are sent as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict

from cms.api import common
from cms.api.cursors import MAX_ID
from cms.api.fields import check_fields, fields_parameter, pick
from cms.api.parameters import Parameter, read
from cms.api.problems import ProblemError, invalid, not_found
from cms.api.responses import etag_of, json_response
from cms.api.values import Text
from cms.content import times
from cms.publishing import cache_tags, reads
from cms.publishing.reads import DocumentRow, Redirected, Tombstone

PATH = Parameter(
    name="path",
    value=Text(2000),
    required=True,
    description="A path of the website, with or without the end slash, percent-encoded or not.",
    example="/nyheter/",
)
RESOLVE = (PATH, common.SITE)


def detail_parameters() -> tuple[Parameter, ...]:
    return (fields_parameter(common.all_types()), common.SITE)


def detail(request: HttpRequest, id: int) -> HttpResponse:
    values = _read(detail_parameters(), request.GET)
    site = common.site_of(values, request.get_host())
    found = reads.document(site.id, id) if id <= MAX_ID else None
    tags = (cache_tags.document_tag(id),)
    if isinstance(found, Tombstone):
        raise gone(found, tags)
    if found is None:
        raise not_found(f"There is no page {id} that is or was public.", cache_tags.headers(tags))
    if fields := values.get("fields", ()):
        body = pick(found.detail, fields)
        return _send(request, found, body, found.etag if fields == ("*",) else etag_of(body), tags)
    return _send(request, found, found.detail, found.etag, tags)


def resolve(request: HttpRequest) -> HttpResponse:
    values = _read(RESOLVE, request.GET)
    site = common.site_of(values, request.get_host())
    path = reads.normal_path(values["path"])
    found = reads.resolve(site.id, path)
    tags = cache_tags.of_resolved(site.id, path, *tags_of(found))
    if isinstance(found, Tombstone):
        raise gone(found, tags)
    if found is None:
        raise not_found(f"There is nothing at {path}.", cache_tags.headers(tags))
    if isinstance(found, Redirected):
        redirect = {"kind": "redirect", "location": found.location, "permanent": found.permanent}
        return json_response(request, orjson.dumps(redirect), tags=tags)
    # other bytes than the detail's, so another tag
    return _send(request, found, b'{"kind":"page","document":' + found.detail + b"}", f"{found.etag}-r", tags)


def _read(parameters: tuple[Parameter, ...], query: QueryDict) -> dict[str, Any]:
    values = read(parameters, query)
    if faults := check_fields(values):
        raise invalid(faults)
    return values


def tags_of(found: DocumentRow | Tombstone | Redirected | None) -> tuple[str, ...]:
    """Cache tags of what a path answers, besides those of the path."""
    if isinstance(found, Redirected):
        return (found.tag,) if found.tag else ()
    return (cache_tags.document_tag(found.id),) if found else ()


def _send(request: HttpRequest, row: DocumentRow, body: bytes, etag: str, tags: Iterable[str]) -> HttpResponse:
    return json_response(request, body, etag=etag, last_modified=row.last_modified, tags=tags)


def gone(tombstone: Tombstone, tags: Iterable[str]) -> ProblemError:
    return ProblemError(
        "gone",
        "The page has been removed.",
        extra={
            "id": tombstone.id,
            "content_type": tombstone.type,
            "path": tombstone.path,
            "removed_at": times.instant(tombstone.removed_at),
        },
        headers=cache_tags.headers(tags),
    )
