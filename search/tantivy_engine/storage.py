"""Where an index lives on disk: one folder per generation, and a pointer to the one in use.

index/
  current            name of the generation in use; replaced in one step
  write.lock         held by the process that writes
  20240131-…/        a generation: tantivy's files and
    formidle.json    the rules it was made by (schema.fingerprint)
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import tantivy

from search.contract import EngineUnavailable, IndexMissing
from search.tantivy_engine import schema
from search.tantivy_engine.reader import Reader, Stamp


class DiskStorage:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._reader = Reader(self)
        self._lock: IO[str] | None = None

    def index(self) -> tantivy.Index:
        """The index in use as of its last commit. Raises IndexMissing."""
        return self._reader.index()

    def is_current(self) -> bool:
        """Whether the index can be read and was made by today's rules."""
        try:
            self.index()
            return self.rules(self.generation()) == schema.fingerprint()
        except IndexMissing:
            return False

    @property
    def pointer(self) -> Path:
        return self.root / "current"

    def generation(self) -> Path:
        """The folder in use. Raises IndexMissing."""
        try:
            return self.root / self.pointer.read_text().strip()
        except FileNotFoundError:
            raise IndexMissing(f"No index in {self.root}.") from None

    def stamp(self, generation: Path) -> Stamp:
        """Differs after every commit. Raises IndexMissing."""
        try:
            meta = os.stat(generation / "meta.json")
        except FileNotFoundError:
            raise IndexMissing(f"No index in {generation}.") from None
        # The file is replaced, never rewritten: a new inode shows a change within one tick of the clock.
        return generation.name, meta.st_mtime_ns, meta.st_ino

    def open(self, generation: Path) -> tantivy.Index:
        """Raises IndexMissing when there is none, when it is broken or when this version cannot read it."""
        if self.rules(generation).get("fields") != schema.fingerprint()["fields"]:
            raise IndexMissing(f"{generation} was made by another version.")
        try:
            index = tantivy.Index.open(str(generation))
        except ValueError as error:  # tantivy's word for everything
            raise IndexMissing(f"{generation}: {error}") from error
        schema.register(index)
        return index

    def rules(self, generation: Path) -> dict[str, str]:
        """The fingerprint that a generation was made by; empty for none."""
        try:
            return dict(json.loads((generation / "formidle.json").read_text()))
        except (OSError, ValueError):
            return {}

    @contextmanager
    def new_generation(self) -> Iterator[tantivy.Index]:
        """An empty index; in use when the block ends without an exception, else gone."""
        self._sweep()
        folder = self.root / uuid.uuid4().hex
        folder.mkdir(parents=True)
        try:
            index = tantivy.Index(schema.build(), path=str(folder))
            schema.register(index)
            yield index
            (folder / "formidle.json").write_text(json.dumps(schema.fingerprint()))
            draft = self.root / "current.new"
            draft.write_text(folder.name)
            draft.replace(self.pointer)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._sweep()

    def lock(self) -> None:
        """Raises EngineUnavailable while another process writes. The lock ends with the process."""
        if self._lock:
            return
        self.root.mkdir(parents=True, exist_ok=True)
        file = open(self.root / "write.lock", "w")  # noqa: SIM115 (held until close)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise EngineUnavailable(f"Another process writes to {self.root}.") from None
        self._lock = file

    def close(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def _sweep(self) -> None:
        """Removes generations not in use: the one before, and what interrupted builds left."""
        try:
            current = self.generation()
        except IndexMissing:
            current = None
        for folder in self.root.glob("*/"):
            # Readers that still have its files open keep them until they look again.
            if folder != current:
                shutil.rmtree(folder, ignore_errors=True)
