"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from typing import Any

import orjson

from cms.content import times
from cms.delivery.feeds.entries import Entry
from cms.delivery.feeds.feed import Feed

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    found: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.site_name}],
    }
    if feed.next_url:
        found["next_url"] = feed.next_url
    return orjson.dumps({**found, "items": [_item(entry) for entry in feed.entries]})


def _item(entry: Entry) -> dict[str, Any]:
    """Keys without a value are left out, as the format wants it."""
    found: dict[str, Any] = {
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
