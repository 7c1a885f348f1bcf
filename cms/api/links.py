"""URLs of the API as they stand in answers: root-relative unless API_URL says otherwise."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

BASE = "/api/v1/"


def api_url(path: str) -> str:
    """``content/12/`` → ``/api/v1/content/12/``."""
    return f"{settings.API_URL}{BASE}{path}"


def of_site(url: str, hostname: str) -> str:
    """``/api/v1/content/12/`` → ``/api/v1/content/12/?site=www.example.org``."""
    return f"{url}{'&' if '?' in url else '?'}site={hostname}"


def with_parameter(request: HttpRequest, name: str, value: str) -> str:
    """The request's own URL with one parameter set to another value."""
    pairs = [(key, each) for key, values in request.GET.lists() if key != name for each in values]
    return f"{settings.API_URL}{request.path}?{encode([*pairs, (name, value)])}"


def encode(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, safe=",/*")


def link_header(next_url: str | None, previous_url: str | None) -> str:
    """``</api/v1/news/?cursor=x>; rel="next"``"""
    found = {"next": next_url, "prev": previous_url}
    return ", ".join(f'<{url}>; rel="{rel}"' for rel, url in found.items() if url)
