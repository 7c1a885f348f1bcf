"""URLs of the API as they stand in answers: root-relative unless API_URL says otherwise."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from cms.api.parameters import parsed, query_of

BASE = "/api/v1/"


def api_url(path: str) -> str:
    """``content/12/`` → ``/api/v1/content/12/``."""
    return f"{settings.API_URL}{BASE}{path}"


def of_site(url: str, hostname: str) -> str:
    """``/api/v1/content/12/`` → ``/api/v1/content/12/?site=www.example.org``."""
    return f"{url}{'&' if '?' in url else '?'}site={hostname}"


def with_parameter(request: HttpRequest, name: str, value: str) -> str:
    """The request's own URL with one parameter set to another value."""
    return f"{settings.API_URL}{request.path}?{encode([*parameters(request, without=(name,)), (name, value)])}"


def parameters(request: HttpRequest, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """Those that the request has, in their order."""
    given = parsed(query_of(request))
    return [(name, each) for name, values in given.lists() if name not in without for each in values]


def encode(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, safe=",/*")


def link_header(next_url: str | None, previous_url: str | None) -> str:
    """``</api/v1/news/?cursor=x>; rel="next"``"""
    found = {"next": next_url, "prev": previous_url}
    return ", ".join(f'<{url}>; rel="{rel}"' for rel, url in found.items() if url)
