"""The lists that pages show: the same queries as the API's lists."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpRequest

from cms.plugins import registry
from cms.website import api
from cms.website.rendering import ListPage, Lists

_CHILDREN = frozenset({"home", "section", "page"})
"""A section names these itself, in ``children``."""


def lists_for(request: HttpRequest, noted: list[api.Answer] | None = None) -> Lists:
    """Answers the listings of documents for the site that the request came to, and notes what the API said."""

    def ask(api_url: str, limit: int, cursor: str | None) -> ListPage:
        extra = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        answer = api.get(request, api_url, extra)
        if noted is not None:
            noted.append(answer)
        if not answer.ok:
            return ListPage([])
        body = answer.body
        return ListPage(body["results"], previous=_cursor(body["previous"]), next=_cursor(body["next"]))

    return ask


def below(path: str) -> str:
    """The list of what lies below a section that does not say what it lists."""
    types = [name for name in registry.content_types() if name not in _CHILDREN]
    if not path or not types:
        return ""
    return f"/api/v1/content/?{urlencode({'type': ','.join(types), 'under': path}, safe=',/')}"


def _cursor(url: str | None) -> str | None:
    return parse_qs(urlsplit(url).query)["cursor"][0] if url else None
