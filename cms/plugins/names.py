"""Names that plugins cannot take, because the core answers there."""

from __future__ import annotations

import re

RESERVED_PLUGINS = frozenset({"cms", "core", "content", "publishing", "search", "website", "api", "plugins"})

RESERVED_PLURALS = frozenset(
    {"content", "resolve", "search", "changes", "navigation", "site", "preview", "schema", "docs", "all"}
)
"""Below /api/v1/ and /feeds/ the core has these itself."""

RESERVED_TYPES = frozenset({"any", "all", "content", "document", "image", "navigation", "redirect", "site"})
"""Words that stand for something else where the API shows a type."""

RESERVED_KEYS = frozenset(
    {
        *("id", "type", "locale", "language", "title", "path", "url", "api_url", "summary", "image"),
        *("first_published_at", "last_published_at", "breadcrumbs", "translations", "related", "similar_url"),
        *("seo", "version", "score", "highlight", "reason"),
    }
)
"""Keys that every document, hit or related page has."""

RESERVED_FILTERS = frozenset(
    {
        *("type", "year", "date_from", "date_to", "when", "under", "locale", "language", "site"),
        *("limit", "offset", "order", "cursor", "fields", "ids", "q", "similar_to", "format", "path", "after"),
    }
)
"""Query parameters that mean the same for every type."""

RESERVED_SLUGS = frozenset(
    {"api", "admin", "feeds", "calendar", "media", "static", "healthz", "readyz", "metrics", "preview", "sok"}
)
"""Top-level slugs: a page of that name would hide behind the core's own URLs."""

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def is_name(text: str) -> bool:
    """True for lower-case words joined by hyphens, as types, plurals and plugins have: ``news-article``."""
    return bool(NAME.fullmatch(text))


def is_key(text: str) -> bool:
    """True for lower-case words joined by underscores, as JSON keys and query parameters are: ``stream_url``."""
    return bool(KEY.fullmatch(text))
