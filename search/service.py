"""Search as the rest of the product uses it: ask, suggest, and which engine answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.contract import Answer, Engine, SearchQuery, Suggestions
from search.desk import stored
from search.explanation import Explanation
from search.tantivy_engine import TantivyEngine


def search(query: SearchQuery) -> Answer:
    """By the rules of the search desk. Raises IndexMissing, EngineUnavailable (both are SearchError)."""
    return engine().search(_as_set_up(query))


def explain(query: SearchQuery, id: int) -> Explanation:
    """Why ``search`` shows a document, or does not. Raises IndexMissing, EngineUnavailable."""
    return engine().explain(_as_set_up(query), id)


def _as_set_up(query: SearchQuery) -> SearchQuery:
    if not query.text.strip():
        return query
    return replace(query, rules=stored.of_site(query.site), recency=recency())


def suggest(site: int, text: str, limit: int = 8) -> Suggestions:
    """Raises IndexMissing, EngineUnavailable (both are SearchError)."""
    return engine().suggest(site, text, limit)


def recency() -> float:
    """SEARCH_RECENCY as a number. Raises ImproperlyConfigured."""
    with suppress(ValueError):
        if 0 <= (found := float(settings.SEARCH_RECENCY)) <= 1:
            return found
    raise ImproperlyConfigured(f"SEARCH_RECENCY={settings.SEARCH_RECENCY!r} is no number from 0 to 1")


@cache
def engine() -> Engine:
    """The engine that SEARCH_URL names: ``tantivy:`` in the data folder, or ``memory:`` for tests."""
    if settings.SEARCH_URL == "tantivy:":
        return TantivyEngine(settings.FORMIDLE_DATA / "index")
    if settings.SEARCH_URL == "memory:":
        return TantivyEngine()
    raise ImproperlyConfigured(f"SEARCH_URL={settings.SEARCH_URL!r} names no search engine; leave it out, or tantivy:")


@contextmanager
def throw_away(url: str) -> Iterator[Engine]:
    """An empty engine of the kind that ``url`` names, beside the one in use; gone afterwards."""
    if url not in ("tantivy:", "memory:"):
        raise ImproperlyConfigured(f"{url!r} names no search engine: tantivy: or memory:")
    with TemporaryDirectory(prefix="formidle-index-") as folder:
        made = TantivyEngine(Path(folder) if url == "tantivy:" else None)
        try:
            yield made
        finally:
            made.close()
