"""An index that lives as long as the process: for tests, and for trying out an analysis."""

from __future__ import annotations

import uuid

import tantivy

from search import embedding
from search.contract import IndexMissing
from search.tantivy_engine import schema
from search.tantivy_engine.reader import Opened, Role
from search.tantivy_engine.vectors import VectorsInMemory


class MemoryStorage:
    def __init__(self) -> None:
        self._indexes: dict[Role, tuple[str, str, Opened]] = {}
        self.begin()
        self.switch()

    def opened(self, role: Role) -> Opened:
        return self._get(role)[2]

    def name(self, role: Role) -> str:
        return self._get(role)[0]

    def fingerprint(self, role: Role) -> str:
        return self._get(role)[1]

    def begin(self) -> None:
        index = tantivy.Index(schema.build())
        schema.register(index)
        opened = Opened(index, VectorsInMemory() if embedding.embedder() else None)
        self._indexes["candidate"] = (uuid.uuid4().hex, schema.fingerprint(), opened)

    def switch(self) -> None:
        self._indexes["current"] = self._get("candidate")
        self.drop()

    def drop(self) -> None:
        self._indexes.pop("candidate", None)

    def lock(self) -> None:
        """No other process can see it."""

    def close(self) -> None: ...

    def _get(self, role: Role) -> tuple[str, str, Opened]:
        try:
            return self._indexes[role]
        except KeyError:
            raise IndexMissing(f"No {role} index.") from None
