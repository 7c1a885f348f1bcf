"""The embedded engine: an index in a folder, or in memory for tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search import embedding
from search.contract import Answer, IndexMissing, SearchDocument, SearchQuery, State, Suggestions, Written
from search.embedding import Packed
from search.explanation import Explanation
from search.indexed import indexed
from search.tantivy_engine import schema
from search.tantivy_engine.documents import to_tantivy
from search.tantivy_engine.generation import NAME, Storage, TantivyGeneration
from search.tantivy_engine.memory import MemoryStorage
from search.tantivy_engine.storage import DiskStorage


class TantivyEngine:
    """Threads share one engine, processes share the folder. One process writes; the others see each commit at once."""

    name = NAME
    remote = False

    def __init__(self, path: Path | None = None) -> None:
        self._storage: Storage = DiskStorage(path) if path else MemoryStorage()
        self._current = TantivyGeneration(self._storage, "current")
        self._candidate = TantivyGeneration(self._storage, "candidate")
        self._removed: dict[int, int] = {}
        """Versions of what was removed while there is a candidate: what was read before must not bring it back."""
        self._writing = threading.RLock()

    def search(self, query: SearchQuery) -> Answer:
        return self._current.search(query)

    def suggest(self, site: int, text: str, limit: int) -> Suggestions:
        return self._current.suggest(site, text, limit)

    def explain(self, query: SearchQuery, id: int) -> Explanation:
        return self._current.explain(query, id)

    def versions(self) -> dict[int, int]:
        return self._current.versions()

    def state(self) -> State:
        return self._current.state()

    def fingerprint(self) -> str:
        return schema.fingerprint()

    def is_current(self) -> bool:
        return self._current.is_there() and self._storage.fingerprint("current") == schema.fingerprint()

    def lock(self) -> None:
        self._storage.lock()

    def write(
        self,
        documents: Sequence[SearchDocument],
        removed: Mapping[int, int] | None = None,
        *,
        force: bool = False,
    ) -> Written:
        removed = removed or {}
        wanted = {**removed, **{each.id: each.version for each in sorted(documents, key=lambda each: each.version)}}
        ready, vectors, failed = _ready([each for each in documents if each.version == wanted[each.id]])
        outdated: set[int] = set()
        with self._change():
            generations = [each for each in (self._current, self.candidate()) if each and each.is_there()]
            if not generations:
                raise IndexMissing("There is no index to write to.")
            for each in generations:
                there = {} if force else each.versions_of([*ready, *removed])
                newer = {id_ for id_, version in there.items() if version > wanted[id_]}
                kept = {id_: document for id_, document in ready.items() if id_ not in newer}
                each.change(kept, removed.keys() - newer - ready.keys(), vectors)
                outdated |= newer
            if self._candidate in generations:
                self._removed |= removed
        return Written(frozenset(outdated), failed)

    def candidate(self) -> TantivyGeneration | None:
        try:
            made_today = self._storage.fingerprint("candidate") == schema.fingerprint()
        except IndexMissing:
            return None
        return self._candidate if made_today and self._candidate.is_there() else None

    def begin(self) -> None:
        with self._change():
            self._close_candidate()
            self._storage.begin()

    def fill(self, documents: Sequence[SearchDocument]) -> Mapping[int, str]:
        with self._change():
            candidate = self.candidate()
            if candidate is None:
                raise IndexMissing("There is no candidate to fill.")
            there = candidate.versions_of([each.id for each in documents])
            lacking = [
                each
                for each in documents
                if there.get(each.id, 0) < each.version and self._removed.get(each.id, 0) <= each.version
            ]
            ready, vectors, failed = _ready(lacking)
            candidate.change(ready, (), vectors)
        return failed

    def switch(self) -> None:
        with self._change():
            if self.candidate() is None:
                raise IndexMissing("There is no candidate to switch to.")
            self._close_candidate()
            self._current.close()
            self._storage.switch()

    def drop(self) -> None:
        with self._change():
            self._close_candidate()
            self._storage.drop()

    def close(self) -> None:
        with self._writing:
            self._current.close()
            self._candidate.close()
            self._storage.close()

    @contextmanager
    def _change(self) -> Iterator[None]:
        """After a failure new writers start from the last commit."""
        with self._writing:
            self.lock()
            try:
                yield
            except BaseException:
                self._current.close()
                self._candidate.close()
                raise

    def _close_candidate(self) -> None:
        self._candidate.close()
        self._removed.clear()


def _ready(
    documents: Sequence[SearchDocument],
) -> tuple[dict[int, tantivy.Document], dict[int, Packed], dict[int, str]]:
    """Documents as tantivy takes them, their vectors; and what cannot be indexed: what is indexed of it stays."""
    ready, failed = {}, {}
    for each in documents:
        try:
            ready[each.id] = to_tantivy(indexed(each))
        except (TypeError, ValueError) as error:
            failed[each.id] = f"{type(error).__name__}: {error}"
    return ready, embedding.of_documents([each for each in documents if each.id in ready]), failed
