"""Keeps an index open and follows what other processes commit."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import tantivy

from search.contract import IndexMissing
from search.tantivy_engine.vectors import Vectors

Role = Literal["current", "candidate"]
Stamp = tuple[str, int, int]
"""Generation, time and inode of what its last commit wrote."""


@dataclass(frozen=True, slots=True)
class Opened:
    """``vectors``: None where they are off, or where somebody else than today's embedder made them."""

    index: tantivy.Index
    vectors: Vectors | None = None


class Folders(Protocol):
    def folder(self, role: Role) -> Path:
        """Raises IndexMissing."""

    def stamp(self, folder: Path) -> Stamp:
        """Differs after every commit. Raises IndexMissing."""

    def open(self, folder: Path) -> Opened:
        """Raises IndexMissing."""


class Reader:
    """One per process and role; threads share it."""

    def __init__(self, storage: Folders, role: Role) -> None:
        self._storage = storage
        self._role = role
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._stamp: Stamp | None = None
        self._opened: Opened | None = None

    def opened(self) -> Opened:
        """The index as of its last commit; finding nothing new costs about 20 µs. Raises IndexMissing."""
        with self._lock:
            try:
                return self._look()
            except (IndexMissing, ValueError):
                # The generation was switched while we looked: the folder seen first is gone. Once more, from the start.
                self._folder = self._stamp = self._opened = None
                try:
                    return self._look()
                except ValueError as error:
                    raise IndexMissing(str(error)) from error

    def _look(self) -> Opened:
        folder = self._storage.folder(self._role)
        stamp = self._storage.stamp(folder)
        if self._opened is None or folder != self._folder:
            self._opened = self._storage.open(folder)
            self._folder = folder
            self._stamp = None
        if stamp != self._stamp:
            self._opened.index.reload()
            self._stamp = stamp
        return self._opened
