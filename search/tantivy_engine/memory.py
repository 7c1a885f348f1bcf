"""An index that lives as long as the process: for tests, and for trying out an analysis."""

from __future__ import annotations

import uuid

import tantivy

from search.contract import IndexMissing
from search.tantivy_engine import schema
from search.tantivy_engine.reader import Role


class MemoryStorage:
    def __init__(self) -> None:
        self._indexes: dict[Role, tuple[str, str, tantivy.Index]] = {}
        self.begin()
        self.switch()

    def index(self, role: Role) -> tantivy.Index:
        return self._get(role)[2]

    def name(self, role: Role) -> str:
        return self._get(role)[0]

    def fingerprint(self, role: Role) -> str:
        return self._get(role)[1]

    def begin(self) -> None:
        index = tantivy.Index(schema.build())
        schema.register(index)
        self._indexes["candidate"] = (uuid.uuid4().hex, schema.fingerprint(), index)

    def switch(self) -> None:
        self._indexes["current"] = self._get("candidate")
        self.drop()

    def drop(self) -> None:
        self._indexes.pop("candidate", None)

    def lock(self) -> None:
        """No other process can see it."""

    def close(self) -> None: ...

    def _get(self, role: Role) -> tuple[str, str, tantivy.Index]:
        try:
            return self._indexes[role]
        except KeyError:
            raise IndexMissing(f"No {role} index.") from None
