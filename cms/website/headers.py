"""Headers of website responses: what a browser may load, and how long it may trust its copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cms.api.encoding import compressed_now
from cms.api.freshness import brief, cache_control
from cms.api.responses import etag_of, full, known_etag, tagged, unchanged
from cms.publishing import cache_tags

FRAME_HOSTS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com")
"""Players without cookies; a frame is made only after a click."""


def secure(response: HttpResponseBase) -> None:
    response.headers.setdefault("Content-Security-Policy", _policy(getattr(settings, "MEDIA_BASE_URL", "")))
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")


@cache
def _policy(media_url: str) -> str:
    media = urlsplit(media_url)
    media_origin = f" {media.scheme}://{media.netloc}" if media.netloc else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data:{media_origin}",
            f"media-src 'self'{media_origin}",
            f"frame-src {' '.join(FRAME_HOSTS)}",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def conditional(
    request: HttpRequest, response: HttpResponse, tags: Iterable[str] = (), ends: Iterable[datetime | None] = ()
) -> HttpResponse:
    """The page compressed and with an ETag, or 304 when the browser has this very page.

    The tag is made of the finished HTML: it changes with document, menu, footer, lists, templates and the hour alike,
    and an unpublished page is never served from a browser's cache without asking. Shared caches may keep it, as they
    can be purged, until something on it changes by the clock (``ends``).
    """
    etag = etag_of(response.content)
    caching = cache_control(*ends, browsers=False)
    if (known := known_etag(request, etag, None)) is not None:
        return unchanged(known, None, tags, caching)
    body, encoding = compressed_now(response.content, etag, request.META.get("HTTP_ACCEPT_ENCODING", ""))
    sent = full(
        body, tagged(etag, encoding), None, tags, caching, encoding=encoding, content_type=response["Content-Type"]
    )
    for name, value in response.items():
        sent.headers.setdefault(name, value)
    return sent


def of_nothing(response: HttpResponse, tags: Iterable[str], *ends: datetime | None) -> HttpResponse:
    """Of redirects and of pages that say that there is none: kept for a moment, and purged when that changes."""
    response["Cache-Control"] = brief(*ends)
    for name, value in cache_tags.headers(tags).items():
        response[name] = value
    return response
