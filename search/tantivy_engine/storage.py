"""Where an index lives on disk: one folder per generation, and pointers to those that matter.

index/
  current            name of the generation in use; replaced in one step
  candidate          name of the one that is being filled
  write.lock         held by the process that writes
  3f0c…/             a generation: tantivy's files and
    formidle.json    the rules it is made by (schema.rules)
    vectors          where vectors are on: one row for each document, and for each that was
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import uuid
from contextlib import suppress
from pathlib import Path
from typing import IO

import tantivy

from search import embedding
from search.contract import EngineUnavailable, IndexMissing
from search.tantivy_engine import schema
from search.tantivy_engine.reader import Opened, Reader, Role, Stamp
from search.tantivy_engine.vectors import NAME as VECTORS
from search.tantivy_engine.vectors import VectorFile


class DiskStorage:
    def __init__(self, root: Path) -> None:
        self.root = root
        self._readers: dict[Role, Reader] = {"current": Reader(self, "current"), "candidate": Reader(self, "candidate")}
        self._lock: IO[str] | None = None

    def opened(self, role: Role) -> Opened:
        """The index as of its last commit. Raises IndexMissing."""
        return self._readers[role].opened()

    def name(self, role: Role) -> str:
        """Raises IndexMissing."""
        return self.folder(role).name

    def fingerprint(self, role: Role) -> str:
        """Of the rules that a generation was made by. Raises IndexMissing."""
        return schema.fingerprint(self.rules(self.folder(role)))

    def folder(self, role: Role) -> Path:
        """Raises IndexMissing."""
        try:
            name = (self.root / role).read_text().strip()
        except FileNotFoundError:
            name = ""
        if not name or (role == "candidate" and name == self._current()):
            # A switch ends with the removal of the pointer to the candidate; killed before, that is the one in use.
            raise IndexMissing(f"No {role} index in {self.root}.")
        return self.root / name

    def stamp(self, folder: Path) -> Stamp:
        """Differs after every commit. Raises IndexMissing."""
        try:
            meta = os.stat(folder / "meta.json")
        except FileNotFoundError:
            raise IndexMissing(f"No index in {folder}.") from None
        # The file is replaced, never rewritten: a new inode shows a change within one tick of the clock.
        return folder.name, meta.st_mtime_ns, meta.st_ino

    def open(self, folder: Path) -> Opened:
        """Raises IndexMissing when there is none, when it is broken or when this version cannot read it."""
        made_by, today = self.rules(folder), schema.rules()
        if made_by.get("fields") != today["fields"]:
            raise IndexMissing(f"{folder} was made by another version.")
        try:
            index = tantivy.Index.open(str(folder))
        except ValueError as error:  # tantivy's word for everything
            raise IndexMissing(f"{folder}: {error}") from error
        schema.register(index)
        made = embedding.embedder()
        if made is None or made_by.get("vectors") != today["vectors"]:
            return Opened(index)
        try:
            return Opened(index, VectorFile(folder / VECTORS, made.dimensions))
        except FileNotFoundError:  # the folder goes at this moment
            raise IndexMissing(f"No index in {folder}.") from None

    def rules(self, folder: Path) -> dict[str, str]:
        """What a generation was made by; empty for none."""
        try:
            return dict(json.loads((folder / "formidle.json").read_text()))
        except (OSError, ValueError):
            return {}

    def begin(self) -> None:
        self.drop()
        folder = self.root / uuid.uuid4().hex
        folder.mkdir(parents=True)
        tantivy.Index(schema.build(), path=str(folder))
        (folder / VECTORS).touch()
        (folder / "formidle.json").write_text(json.dumps(schema.rules()))
        self._point("candidate", folder)

    def switch(self) -> None:
        """Raises IndexMissing without a candidate."""
        self._point("current", self.folder("candidate"))
        self.drop()

    def drop(self) -> None:
        """Keeps the generation in use and nothing else: not the one before, nor what a killed process left."""
        (self.root / "candidate").unlink(missing_ok=True)
        current = self._current()
        for folder in self.root.glob("*/"):
            # Readers that still have its files open keep them until they look again.
            if folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)

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

    def _current(self) -> str:
        with suppress(FileNotFoundError):
            return (self.root / "current").read_text().strip()
        return ""

    def _point(self, role: Role, folder: Path) -> None:
        """In one step, and on the disk before anything is removed that it no longer points to."""
        draft = self.root / f"{role}.new"
        with draft.open("w") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / role)
        directory = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
