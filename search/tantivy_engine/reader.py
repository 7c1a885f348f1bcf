"""Keeps an index open and follows what other processes commit."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Literal, Protocol

import tantivy

from search.contract import IndexMissing

Role = Literal["current", "candidate"]
Stamp = tuple[str, int, int]
"""Generation, time and inode of what its last commit wrote."""


class Folders(Protocol):
    def folder(self, role: Role) -> Path:
        """Raises IndexMissing."""

    def stamp(self, folder: Path) -> Stamp:
        """Differs after every commit. Raises IndexMissing."""

    def open(self, folder: Path) -> tantivy.Index:
        """Raises IndexMissing."""


class Reader:
    """One per process and role; threads share it."""

    def __init__(self, storage: Folders, role: Role) -> None:
        self._storage = storage
        self._role = role
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._stamp: Stamp | None = None
        self._index: tantivy.Index | None = None

    def index(self) -> tantivy.Index:
        """The index as of its last commit; finding nothing new costs about 20 µs. Raises IndexMissing."""
        with self._lock:
            try:
                return self._look()
            except (IndexMissing, ValueError):
                # The generation was switched while we looked: the folder seen first is gone. Once more, from the start.
                self._folder = self._stamp = self._index = None
                try:
                    return self._look()
                except ValueError as error:
                    raise IndexMissing(str(error)) from error

    def _look(self) -> tantivy.Index:
        folder = self._storage.folder(self._role)
        stamp = self._storage.stamp(folder)
        if self._index is None or folder != self._folder:
            self._index = self._storage.open(folder)
            self._folder = folder
            self._stamp = None
        if stamp != self._stamp:
            self._index.reload()
            self._stamp = stamp
        return self._index
