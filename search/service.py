"""Search as the rest of the product uses it: ask, suggest, and which engine answers."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.contract import Answer, Engine, SearchQuery, Suggestions
from search.tantivy_engine import TantivyEngine


def search(query: SearchQuery) -> Answer:
    """Raises IndexMissing, EngineUnavailable (both are SearchError)."""
    return engine().search(query)


def suggest(site: int, text: str, limit: int = 8) -> Suggestions:
    """Raises IndexMissing, EngineUnavailable (both are SearchError)."""
    return engine().suggest(site, text, limit)


@cache
def engine() -> Engine:
    """The engine that SEARCH_URL names: ``tantivy:`` in the data folder, or ``memory:`` for tests."""
    if settings.SEARCH_URL == "tantivy:":
        return TantivyEngine(settings.FORMIDLE_DATA / "index")
    if settings.SEARCH_URL == "memory:":
        return TantivyEngine()
    raise ImproperlyConfigured(f"SEARCH_URL={settings.SEARCH_URL!r} names no search engine; leave it out, or tantivy:")
