"""Atom (RFC 4287), in pages as RFC 5005 has them."""

from __future__ import annotations

from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure

from cms.delivery.characters import for_xml
from cms.delivery.feeds.entries import Entry
from cms.delivery.feeds.feed import Feed

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
TYPE_SCHEME = "urn:formidle:type"
"""Tells the category that is the content type from those that are topics."""


def write(feed: Feed) -> bytes:
    found = _Atom(
        title=for_xml(feed.title),
        link=feed.home_url,
        description=None,
        language=feed.language,
        author_name=for_xml(feed.site_name),
        feed_url=feed.url,
        feed_guid=feed.id,
        feed=feed,
    )
    for entry in feed.entries:
        picture = entry.picture
        found.add_item(
            title=for_xml(entry.title),
            link=entry.url,
            description=None,  # type: ignore[arg-type]  # written below, as text
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            unique_id=entry.id,
            enclosures=[Enclosure(picture.url, str(picture.bytes), picture.media_type)] if picture else None,
            entry=entry,
        )
    return str(found.writeString("utf-8")).encode()


class _Atom(Atom1Feed):
    """Django's, with what it leaves out: text in full, several authors, categories with labels, pages, languages."""

    def latest_post_date(self) -> Any:
        return self.feed["feed"].updated_at

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        feed: Feed = self.feed["feed"]
        for rel, url in (("next", feed.next_url), ("previous", feed.previous_url)):
            if url:
                handler.addQuickElement("link", "", {"rel": rel, "href": url})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["entry"].language}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for name in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", for_xml(name))
            handler.endElement("author")
        for topic in entry.topics:
            handler.addQuickElement("category", "", {"term": topic.term, "label": for_xml(topic.label)})
        type_ = {"term": entry.type.term, "label": entry.type.label, "scheme": TYPE_SCHEME}
        handler.addQuickElement("category", "", type_)
        if entry.summary:
            handler.addQuickElement("summary", for_xml(entry.summary))
        handler.addQuickElement("content", for_xml(entry.html), {"type": "html"})
