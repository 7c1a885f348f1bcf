"""``/llms.txt`` (llmstxt.org): the site in a page of Markdown, for language models that look for what is where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from cms.delivery.addresses import absolute, origin
from cms.delivery.feeds.content import type_label
from cms.plugins import registry
from cms.publishing import reads
from cms.publishing.reads import DocumentRow, ListQuery, SiteRow

CONTENT_TYPE = "text/plain; charset=utf-8"
NEWEST = 10
LONGEST = 300
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def write(site: SiteRow) -> bytes:
    tree = reads.default_tree(site.id)
    about = orjson.loads(tree.settings)
    home = reads.resolve(site.id, "/")
    lines = [f"# {_text(about['name'])}", ""]
    for document in _documents([home] if isinstance(home, DocumentRow) else []):
        if document["summary"]:
            lines += [f"> {_text(document['summary'])}", ""]
    for title, documents in _sections(site, tree.navigation, about["default_locale"]):
        lines += [f"## {_text(title)}", "", *(_line(site, each) for each in documents), ""]
    lines += ["## Optional", "", *(f"- [{name}]({origin(site)}{path})" for name, path in _machines()), ""]
    return "\n".join(lines).encode()


def _sections(site: SiteRow, navigation: bytes, language: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What the main menu leads to, with the newest pages below it; without a menu the newest pages of each type."""
    shown: set[int] = set()
    menu = [item for item in orjson.loads(navigation)["main"] if item["kind"] == "page"]
    for item in menu:
        ids = [item["id"], *(child["id"] for child in item["children"] if child["id"])]
        below = ListQuery(site_id=site.id, keys=(("under", (item["path"],)),), limit=NEWEST)
        rows = [*reads.documents(site.id, ids, detail=True), *reads.list_documents(below, detail=True).rows]
        found = [each for each in _documents(rows) if each["id"] not in shown]
        found = list({each["id"]: each for each in found}.values())
        shown.update(each["id"] for each in found)
        if found:
            yield item["title"], found
    for name in () if menu else registry.content_types():
        query = ListQuery(site_id=site.id, types=(name,), limit=NEWEST)
        if found := _documents(reads.list_documents(query, detail=True).rows):
            yield type_label(name, language, plural=True), found


def _documents(rows: Iterable[DocumentRow]) -> list[dict[str, Any]]:
    """Those that search engines may show."""
    documents = [orjson.loads(row.detail) for row in rows]
    return [each for each in documents if not each["seo"]["noindex"]]


def _line(site: SiteRow, document: dict[str, Any]) -> str:
    summary = _text(document["summary"])
    url = absolute(site, document["path"])
    return f"- [{_text(document['title'])}]({url})" + (f": {summary}" if summary else "")


def _machines() -> Iterator[tuple[str, str]]:
    yield "API", "/api/v1/docs/"
    yield "OpenAPI", "/api/v1/schema/"
    yield "Atom", "/feeds/all.atom"
    for content_type in registry.content_types().values():
        if content_type.spec.schema_org == "Event":
            yield "iCalendar", f"/calendar/{content_type.spec.plural}.ics"
    yield "Sitemap", "/sitemap.xml"


def _text(text: str) -> str:
    """One line in which nothing is Markdown."""
    line = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…")
