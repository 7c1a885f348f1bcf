"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from typing import TypedDict

import orjson

from cms.content import shapes, times
from cms.delivery.feeds.entries import Entry
from cms.delivery.feeds.feed import Feed

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


class Author(TypedDict):
    name: str


class Attachment(TypedDict):
    url: shapes.Url
    mime_type: shapes.Code
    size_in_bytes: int


class _Item(TypedDict):
    id: shapes.Code
    url: shapes.Url
    title: str
    content_html: shapes.Html
    date_published: shapes.Instant
    date_modified: shapes.Instant
    language: shapes.Code


class JsonFeedItem(_Item, total=False):
    """Keys without a value are left out, as the format wants it."""

    summary: str
    authors: list[Author]
    tags: list[str]
    image: shapes.Url
    attachments: list[Attachment]


class _Feed(TypedDict):
    version: shapes.Code
    title: str
    home_page_url: shapes.Url
    feed_url: shapes.Url
    language: shapes.Code
    authors: list[Author]
    items: list[JsonFeedItem]


class JsonFeed(_Feed, total=False):
    """JSON Feed 1.1; ``next_url`` leads to older items."""

    next_url: shapes.Url


def write(feed: Feed) -> bytes:
    found: JsonFeed = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.site_name}],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.next_url:
        found["next_url"] = feed.next_url
    return orjson.dumps(found)


def _item(entry: Entry) -> JsonFeedItem:
    found: JsonFeedItem = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": times.instant(entry.published_at),
        "date_modified": times.instant(entry.updated_at),
        "language": entry.language,
    }
    if entry.summary:
        found["summary"] = entry.summary
    if entry.authors:
        found["authors"] = [{"name": name} for name in entry.authors]
    if entry.topics:
        found["tags"] = [topic.label for topic in entry.topics]
    if picture := entry.picture:
        found["image"] = picture.url
        found["attachments"] = [{"url": picture.url, "mime_type": picture.media_type, "size_in_bytes": picture.bytes}]
    return found
