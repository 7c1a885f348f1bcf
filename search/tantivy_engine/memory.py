"""An index that lives as long as the process: for tests, and for trying out an analysis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import tantivy

from search.tantivy_engine import schema


class MemoryStorage:
    def __init__(self) -> None:
        self._index = self._empty()

    def index(self) -> tantivy.Index:
        return self._index

    def is_current(self) -> bool:
        return True

    def lock(self) -> None:
        """No other process can see it."""

    def close(self) -> None: ...

    @contextmanager
    def new_generation(self) -> Iterator[tantivy.Index]:
        index = self._empty()
        yield index
        index.reload()
        self._index = index

    def _empty(self) -> tantivy.Index:
        index = tantivy.Index(schema.build())
        schema.register(index)
        return index
