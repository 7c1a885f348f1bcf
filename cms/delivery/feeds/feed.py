"""A feed before it is written: what it is called, where it is, what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.http import HttpRequest

from cms.api import cursors, links
from cms.api.lists import ListRequest
from cms.content import times
from cms.delivery.addresses import absolute, origin
from cms.delivery.feeds import content
from cms.delivery.feeds.entries import Entry, entries
from cms.publishing import cache_tags, reads
from cms.publishing.reads import Cursor, DocumentRow

NEVER = datetime(2000, 1, 1, tzinfo=times.OSLO)
"""When a feed without entries was updated: it says the same at every hour."""


@dataclass(frozen=True, slots=True)
class Feed:
    """``url`` is its own, ``home_url`` the page that shows the same; ``next_url`` has the older entries.

    ``tags`` and ``ends``: what it depends on, and when something of it changes by itself.
    """

    id: str
    title: str
    site_name: str
    language: str
    url: str
    home_url: str
    entries: list[Entry]
    next_url: str | None
    previous_url: str | None
    tags: tuple[str, ...]
    ends: tuple[datetime | None, ...]

    @property
    def updated_at(self) -> datetime:
        return max((entry.updated_at for entry in self.entries), default=NEVER)


def make(request: HttpRequest, asked: ListRequest) -> Feed:
    """At most five SQL queries: the list, its permanent ids, the section, the tree of a locale, when events begin."""
    site, query = asked.site, asked.query
    found = reads.list_documents(query, detail=True)
    listed = entries(site, found.rows)
    locale = _locale(asked)
    tree = reads.tree(site.id, locale) if locale else None
    about = orjson.loads((tree or reads.default_tree(site.id)).settings)
    language = locale if tree else about["default_locale"]
    section = _section(asked)
    return Feed(
        id=_url(request, asked, cursor=None, paged=False),
        title=" – ".join([*_subject(asked, section, listed, language), about["name"]]),
        site_name=about["name"],
        language=language,
        url=_url(request, asked, query.cursor),
        home_url=absolute(site, section.path if section else "/"),
        entries=listed,
        next_url=_url(request, asked, found.next) if found.next else None,
        previous_url=_url(request, asked, found.previous) if found.previous else None,
        tags=(*asked.tags, "site", *_tags_of_section(asked, section)),
        ends=(*(row.fresh_until for row in found.rows), *asked.ends()),
    )


def _url(request: HttpRequest, asked: ListRequest, cursor: Cursor | None, paged: bool = True) -> str:
    """The request's URL at another place of the list; without ``paged`` that of the feed as a whole."""
    pairs = links.parameters(request, without={"cursor"} if paged else {"cursor", "limit"})
    if cursor:
        pairs.append(("cursor", cursors.encode(asked.query.order, cursor)))
    return f"{origin(asked.site)}{request.path}" + (f"?{links.encode(pairs)}" if pairs else "")


def _locale(asked: ListRequest) -> str:
    """The one that the feed is limited to."""
    wanted = [values for name, values in asked.query.keys if name == "locale"]
    return wanted[0][0] if wanted and len(wanted[0]) == 1 else ""


def _section(asked: ListRequest) -> DocumentRow | None:
    """The page that ``under`` names."""
    found = reads.resolve(asked.site.id, asked.under) if asked.under.strip("/") else None
    return found if isinstance(found, DocumentRow) else None


def _tags_of_section(asked: ListRequest, section: DocumentRow | None) -> tuple[str, ...]:
    """It gives the feed its title and its page, so it counts which page the path leads to, and what that is called."""
    if not asked.under.strip("/"):
        return ()
    return cache_tags.of_resolved(
        asked.site.id, asked.under, *([cache_tags.document_tag(section.id)] if section else [])
    )


def _subject(asked: ListRequest, section: DocumentRow | None, listed: list[Entry], language: str) -> list[str]:
    """«Nyheter», «Arbeidsliv»: the words that tell a reader's feeds of one site apart."""
    if section:
        found = [str(orjson.loads(section.detail)["title"])]
    else:
        found = [content.type_label(each, language, plural=True) for each in asked.query.types]
    wanted = {slug for name, values in asked.query.keys if name == "topic" for slug in values}
    labels = {topic.term: topic.label for entry in listed for topic in entry.topics if topic.term in wanted}
    return [*found, *(label for _, label in sorted(labels.items()))]
