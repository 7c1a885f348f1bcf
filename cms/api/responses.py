"""JSON responses: ETag and 304, dates, caching headers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from cms.publishing import cache_tags

CACHE_CONTROL = "public, max-age=10, stale-while-revalidate=60, stale-if-error=3600"
"""Ten seconds without asking: what is unpublished must be gone from caches soon as well."""


def etag_of(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()


def json_response(
    request: HttpRequest,
    body: bytes,
    *,
    etag: str = "",
    last_modified: datetime | None = None,
    tags: Iterable[str] = (),
    content_type: str = "application/json",
) -> HttpResponse:
    """200 with the body, or 304 where the client has it already. ``etag`` is made from the body when left out."""
    quoted = f'"{etag or etag_of(body)}"'
    modified_s = int(last_modified.timestamp()) if last_modified else None
    if is_unchanged(request, quoted, modified_s):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(body, content_type=content_type)
        response["Content-Length"] = str(len(body))
    response["ETag"] = quoted
    response["Cache-Control"] = CACHE_CONTROL
    if modified_s is not None:
        response["Last-Modified"] = http_date(modified_s)
    for name, value in cache_tags.headers(tags).items():
        response[name] = value
    return response


def is_unchanged(request: HttpRequest, etag: str, modified_s: int | None) -> bool:
    """Whether the conditions of a GET say that the client has this version (RFC 9110, 13.2.2)."""
    headers = request.META
    if condition := headers.get("HTTP_IF_NONE_MATCH"):
        given = parse_etags(condition)
        return given == ["*"] or any(each.removeprefix("W/") == etag for each in given)
    if modified_s is not None and (since := headers.get("HTTP_IF_MODIFIED_SINCE")):
        since_s = parse_http_date_safe(since)
        return since_s is not None and modified_s <= since_s
    return False
