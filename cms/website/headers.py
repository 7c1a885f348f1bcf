"""Headers of website responses: what a browser may load, and how long it may trust its copy."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

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


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Adds an ETag and answers 304 when the browser has this very page.

    The tag is made of the finished HTML: it changes with document, menu, footer, lists, templates and the hour alike,
    and an unpublished page is never served from a browser's cache without asking.
    """
    etag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response
