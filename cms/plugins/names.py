"""Names that plugins cannot take, because the core answers there."""

from __future__ import annotations

import re

RESERVED_PLURALS = frozenset(
    {"content", "resolve", "search", "changes", "navigation", "site", "preview", "schema", "docs"}
)
RESERVED_SLUGS = frozenset(
    {"api", "admin", "feeds", "calendar", "media", "static", "healthz", "readyz", "metrics", "sok"}
)
"""Top-level slugs: a page of that name would hide behind the core's own URLs."""

RESERVED_PLUGINS = frozenset({"cms", "core", "content", "publishing", "search", "website", "api"})

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_name(text: str) -> bool:
    """True for lower-case words joined by hyphens: ``news-article``."""
    return bool(NAME.fullmatch(text))
