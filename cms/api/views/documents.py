"""One document: by id and by path. The stored bytes are sent as they are."""

from __future__ import annotations

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
from cms.publishing import reads
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
    if isinstance(found, Tombstone):
        raise gone(found)
    if found is None:
        raise not_found(f"There is no page {id} that is or was public.")
    if fields := values.get("fields", ()):
        body = pick(found.detail, fields)
        return _send(request, found, body, found.etag if fields == ("*",) else etag_of(body))
    return _send(request, found, found.detail, found.etag)


def resolve(request: HttpRequest) -> HttpResponse:
    values = _read(RESOLVE, request.GET)
    site = common.site_of(values, request.get_host())
    found = reads.resolve(site.id, values["path"])
    if isinstance(found, Tombstone):
        raise gone(found)
    if found is None:
        raise not_found(f"There is nothing at {reads.normal_path(values['path'])}.")
    if isinstance(found, Redirected):
        redirect = {"kind": "redirect", "location": found.location, "permanent": found.permanent}
        return json_response(request, orjson.dumps(redirect), tags=["redirect"])
    # other bytes than the detail's, so another tag
    return _send(request, found, b'{"kind":"page","document":' + found.detail + b"}", f"{found.etag}-r")


def _read(parameters: tuple[Parameter, ...], query: QueryDict) -> dict[str, Any]:
    values = read(parameters, query)
    if faults := check_fields(values):
        raise invalid(faults)
    return values


def _send(request: HttpRequest, row: DocumentRow, body: bytes, etag: str) -> HttpResponse:
    return json_response(
        request, body, etag=etag, last_modified=row.last_modified, tags=[f"page:{row.id}", f"type:{row.type}"]
    )


def gone(tombstone: Tombstone) -> ProblemError:
    return ProblemError(
        "gone",
        "The page has been removed.",
        extra={
            "id": tombstone.id,
            "content_type": tombstone.type,
            "path": tombstone.path,
            "removed_at": times.instant(tombstone.removed_at),
        },
        headers={"Cache-Tag": f"page:{tombstone.id},type:{tombstone.type}"},
    )
