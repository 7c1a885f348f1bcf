"""What a crawl begins with: every operation with every parameter, and every address that is no operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from cms.plugins import registry
from tests.integration.leaks.crawl import Crawler, patterns, requests_of

FORMS = ("atom", "json", "ics", "xml", "txt")


def schema(crawler: Crawler) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(crawler.get("/api/v1/schema/?format=json").body)
    return found


def seeds(crawler: Crawler, cursor: str) -> list[str]:
    """``cursor``: an old one of the change feed."""
    documents = orjson.loads(crawler.get("/api/v1/content/?limit=100").body)["results"]
    values: dict[str, list[Any]] = {
        "id": [each["id"] for each in documents],
        "ids": [",".join(str(each["id"]) for each in documents)],
        "similar_to": [each["id"] for each in documents],
        "path": [each["path"] for each in documents],
        "under": sorted({each["path"] for each in documents if each["type"] in ("home", "section")}),
        "topic": [topic["slug"] for each in documents for topic in each.get("topics", ())],
        "municipality": ["3405"],
        "county": ["34"],
        "year": ["2031"],
        "q": ["", *(each["title"] for each in documents), "-finnes"],
        "fields": ["*"],
        "after": [cursor],
        "site": ["localhost"],
        "locale": ["nb"],
        "language": ["nb"],
        "token": ["unknown"],
    }
    found = ["/", "/sok/", "/sok/?q=finnes", f"/api/v1/changes/?after={cursor}", *requests_of(schema(crawler), values)]
    return list(dict.fromkeys([*found, *_others(documents)]))


def _others(documents: list[dict[str, Any]]) -> Iterator[str]:
    """Addresses outside the description: feeds, calendars, the sitemap, whatever comes."""
    plurals = [each.spec.plural for each in registry.content_types().values()]
    few = ["all", *plurals, *FORMS, *(each["id"] for each in documents[:8])]
    for pattern in patterns():
        if not pattern.template.startswith(("/admin/", "/media/", "/static/")) and pattern.template.count("%(") <= 2:
            yield from pattern.filled(few)
