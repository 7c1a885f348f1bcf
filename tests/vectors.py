"""Search with vectors, for a while: they are off otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings


@contextmanager
def vectors(url: str = "e5:") -> Iterator[None]:
    from search import embedding

    with override_settings(SEARCH_VECTORS=url):
        embedding.embedder.cache_clear()
        yield
    embedding.embedder.cache_clear()
