"""Keeps an index open and follows what other processes commit."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Protocol

import tantivy

from search.contract import IndexMissing

Stamp = tuple[str, int, int]
"""Generation, time and inode of what its last commit wrote."""


class Generations(Protocol):
    def generation(self) -> Path:
        """The folder in use. Raises IndexMissing."""

    def stamp(self, generation: Path) -> Stamp:
        """Differs after every commit. Raises IndexMissing."""

    def open(self, generation: Path) -> tantivy.Index:
        """Raises IndexMissing."""


class Reader:
    """One per process; threads share it."""

    def __init__(self, storage: Generations) -> None:
        self._storage = storage
        self._lock = threading.Lock()
        self._generation: Path | None = None
        self._stamp: Stamp | None = None
        self._index: tantivy.Index | None = None

    def index(self) -> tantivy.Index:
        """The index in use as of its last commit; finding nothing new costs about 20 µs. Raises IndexMissing."""
        with self._lock:
            try:
                return self._look()
            except (IndexMissing, ValueError):
                # The generation was switched while we looked: the folder seen first is gone. Once more, from the start.
                self._generation = self._stamp = None
                try:
                    return self._look()
                except ValueError as error:
                    raise IndexMissing(str(error)) from error

    def _look(self) -> tantivy.Index:
        generation = self._storage.generation()
        stamp = self._storage.stamp(generation)
        if self._index is None or generation != self._generation:
            self._index = self._storage.open(generation)
            self._generation = generation
            self._stamp = None
        if stamp != self._stamp:
            self._index.reload()
            self._stamp = stamp
        return self._index
