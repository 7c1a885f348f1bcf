"""The sitemap (sitemaps.org) with images and translations: every page that search engines may show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import orjson
from django.utils.html import escape

from cms.content import times
from cms.delivery.addresses import absolute, origin
from cms.publishing import syndication
from cms.publishing.reads import SiteRow

CONTENT_TYPE = "application/xml; charset=utf-8"
PART = 5000
"""Ids of pages in one part. The limit is 50,000 URLs, but a part should also be written within a second."""

MOST_IMAGES = 20
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def whole(site: SiteRow) -> bytes:
    """All pages, or for a large site the index of its parts."""
    parts = syndication.live_by_range(site.id, PART)
    if sum(parts.values()) <= PART:
        return _pages(site, 0, (max(parts, default=0) + 1) * PART)
    lines = (f"<sitemap><loc>{origin(site)}/sitemap-{number}.xml</loc></sitemap>\n" for number in parts)
    body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{"".join(lines)}</sitemapindex>\n'
    return f"{HEAD}{body}".encode()


def part_path(page_id: int) -> str:
    """Where a page is in a sitemap of several parts."""
    return f"/sitemap-{page_id // PART}.xml"


def part(site: SiteRow, number: int) -> bytes | None:
    """None where there is no page with such an id."""
    if number not in syndication.live_by_range(site.id, PART):
        return None
    return _pages(site, number * PART, (number + 1) * PART)


def _pages(site: SiteRow, first: int, last: int) -> bytes:
    lines = [_page(site, *row) for row in _open(syndication.live_details(site.id, first, last))]
    return f"{HEAD}<urlset {NAMESPACES}>\n{''.join(lines)}</urlset>\n".encode()


def _open(rows: Iterable[tuple[bytes, datetime]]) -> Iterator[tuple[dict[str, Any], datetime]]:
    for detail, changed_at in rows:
        document = orjson.loads(detail)
        if not document["seo"]["noindex"]:
            yield document, changed_at


def _page(site: SiteRow, document: dict[str, Any], changed_at: datetime) -> str:
    translations = document["translations"]
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(each["locale"])} '
        f"href={quoteattr(absolute(site, each['url']))}/>"
        for each in (translations if len(translations) > 1 else ())
    )
    images = "".join(
        f"<image:image><image:loc>{escape(url)}</image:loc></image:image>"
        for url in dict.fromkeys(absolute(site, each["original"]["src"]) for each in _images(document))
    )
    return (
        f"<url><loc>{escape(document['seo']['canonical_url'])}</loc>"
        f"<lastmod>{times.instant(changed_at)}</lastmod>{alternates}{images}</url>\n"
    )


def _images(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The page's own: what it shows of other pages is on those."""
    found = [document["image"], *(document.get("images") or ())]
    for block in document.get("body") or ():
        if block["type"] == "image":
            found.append(block["value"])
        elif block["type"] == "gallery":
            found += block["value"]["images"]
    return [each for each in found if each][:MOST_IMAGES]
