"""Answers: ETag and 304, dates, encodings, caching headers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from cms.api.encoding import compressed_now
from cms.api.freshness import brief, cache_control
from cms.publishing import cache_tags
from cms.publishing.bodies import ENCODINGS
from cms.publishing.reads import SiteRow
from cms.publishing.served import PLAIN

SETTLED = timedelta(seconds=2)

_http_date = lru_cache(maxsize=1000)(http_date)


def etag_of(body: bytes) -> str:
    return sha256(body).hexdigest()[:24]  # processors have instructions for this one


def json_response(
    request: HttpRequest,
    body: bytes,
    *,
    last_modified: datetime | None = None,
    tags: Iterable[str] = (),
    ends: Iterable[datetime | None] = (),
    content_type: str = "application/json",
) -> HttpResponse:
    """200 with the body, or 304 where the client has it already.

    ``ends``: when something that the body shows changes by itself.
    """
    etag = etag_of(body)
    caching = cache_control(*ends)
    if (known := known_etag(request, etag, last_modified)) is not None:
        return unchanged(known, last_modified, tags, caching)
    sent, encoding = compressed_now(body, etag, request.META.get("HTTP_ACCEPT_ENCODING", ""))
    return full(
        sent, tagged(etag, encoding), last_modified, tags, caching, encoding=encoding, content_type=content_type
    )


def full(
    body: bytes,
    etag: str,
    last_modified: datetime | None,
    tags: Iterable[str],
    caching: str,
    *,
    encoding: str = PLAIN,
    content_type: str = "application/json",
    size: int | None = None,
) -> HttpResponse:
    """``size`` where the body is left out, for HEAD."""
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Length"] = str(len(body) if size is None else size)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    _add(response, etag, last_modified, tags, caching)
    return response


def unchanged(etag: str, last_modified: datetime | None, tags: Iterable[str], caching: str) -> HttpResponse:
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    _add(response, etag, last_modified, tags, caching)
    return response


def _add(response: HttpResponse, etag: str, last_modified: datetime | None, tags: Iterable[str], caching: str) -> None:
    headers = response.headers
    headers["ETag"] = etag
    headers["Cache-Control"] = caching
    headers["Vary"] = "Accept-Encoding"
    if last_modified is not None:
        headers["Last-Modified"] = _http_date(int(last_modified.timestamp()))
    for name, value in cache_tags.headers(tags).items():
        headers[name] = value


def of_nothing(tags: Iterable[str], site: SiteRow) -> dict[str, str]:
    """Headers of 404 and 410: what is published there is published at a time, or purged."""
    return {**cache_tags.headers(tags), "Cache-Control": brief(site.next_live_at)}


def settled(moment: datetime | None) -> datetime | None:
    """The moment as a Last-Modified; None while more may happen in the same second, as HTTP knows no shorter ones."""
    return moment if moment and timezone.now() - moment > SETTLED else None


def tagged(etag: str, encoding: str) -> str:
    """The ETag header of an answer in an encoding: other bytes, so another tag."""
    return f'"{etag}-{encoding}"' if encoding else f'"{etag}"'


def is_conditional(request: HttpRequest) -> bool:
    return "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META


def known_etag(request: HttpRequest, etag: str, last_modified: datetime | None) -> str | None:
    """The ETag header of the version that the client has, in whichever encoding; None when it has another, or none.

    By the conditions of a GET (RFC 9110, 13.2.2).
    """
    headers = request.META
    if condition := headers.get("HTTP_IF_NONE_MATCH"):
        forms = [tagged(etag, encoding) for encoding in (PLAIN, *ENCODINGS)]
        if condition in forms:  # most often it is what we sent
            return condition
        given = {each.removeprefix("W/") for each in parse_etags(condition)}
        return forms[0] if "*" in given else next((form for form in forms if form in given), None)
    if last_modified is not None and (since := headers.get("HTTP_IF_MODIFIED_SINCE")):
        since_s = parse_http_date_safe(since)
        return tagged(etag, PLAIN) if since_s is not None and int(last_modified.timestamp()) <= since_s else None
    return None
