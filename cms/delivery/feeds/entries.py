"""What a feed tells of each document, whatever the feed is written in."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from cms.delivery.addresses import absolute, absolute_html
from cms.delivery.feeds import content
from cms.publishing import syndication
from cms.publishing.reads import DocumentRow, SiteRow


@dataclass(frozen=True, slots=True)
class Picture:
    """``bytes``: the size of the file."""

    url: str
    media_type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Category:
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One document. ``id`` is permanent, ``html`` the whole text with absolute addresses."""

    id: str
    type: Category
    url: str
    language: str
    title: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    authors: tuple[str, ...]
    topics: tuple[Category, ...]
    picture: Picture | None


def entries(site: SiteRow, rows: Sequence[DocumentRow]) -> list[Entry]:
    """Rows with details. One SQL query."""
    ids = syndication.permanent_ids([row.id for row in rows])
    # a page that was removed in between has left the table only if it was never public: it is always there
    return [_entry(site, row, orjson.loads(row.detail), ids[row.id].urn) for row in rows]


def _entry(site: SiteRow, row: DocumentRow, document: dict[str, Any], id: str) -> Entry:
    published = _instant(document["first_published_at"]) or row.last_modified
    return Entry(
        id=id,
        type=Category(row.type, content.type_label(row.type, row.language)),
        url=document["seo"]["canonical_url"],
        language=row.language,
        title=document["title"],
        summary=document["summary"],
        html=absolute_html(site, content.html(document)),
        published_at=published,
        # what a reader should look at again: not each time a page that it links to gets another title
        updated_at=max(_instant(document["last_published_at"]) or published, published),
        authors=tuple(person["name"] for person in document.get("authors") or () if person["name"]),
        topics=tuple(_topics(document.get("topics") or ())),
        picture=_picture(site, document["image"]),
    )


def _topics(topics: Iterable[dict[str, Any]]) -> Iterable[Category]:
    return (Category(topic["slug"], topic["label"]) for topic in topics)


def _picture(site: SiteRow, image: dict[str, Any] | None) -> Picture | None:
    if not image:
        return None
    file = image["original"]
    media_type = mimetypes.guess_type(file["src"])[0] or "application/octet-stream"
    return Picture(absolute(site, file["src"]), media_type, file["bytes"])


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
