"""The embedded engine: an index in a folder, or in memory for tests."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy
from tantivy import Query

from search import answering, suggesting
from search.clauses import Everything, Ids
from search.contract import (
    Answer,
    EngineUnavailable,
    SearchDocument,
    SearchQuery,
    Suggestions,
    Written,
)
from search.indexed import indexed
from search.tantivy_engine import documents
from search.tantivy_engine.index import TantivyIndex
from search.tantivy_engine.memory import MemoryStorage
from search.tantivy_engine.storage import DiskStorage

HEAP = 64_000_000
"""Bytes that the writer may fill before it makes a segment."""


class TantivyEngine:
    """Threads share one engine, processes share the folder. One process writes; the others see each commit at once."""

    name = "tantivy"

    def __init__(self, path: Path | None = None) -> None:
        self._storage = DiskStorage(path) if path else MemoryStorage()
        self._writer: tantivy.IndexWriter | None = None
        self._writing = threading.RLock()

    def search(self, query: SearchQuery) -> Answer:
        return answering.answer(self._index(), query, self.name)

    def suggest(self, site: int, text: str, limit: int) -> Suggestions:
        return suggesting.suggestions(self._index(), site, text, limit)

    def versions(self) -> dict[int, int]:
        return self._index().versions(Everything())

    def is_current(self) -> bool:
        return self._storage.is_current()

    def lock(self) -> None:
        self._storage.lock()

    def write(
        self, documents: Sequence[SearchDocument], removed: Iterable[int] = (), *, force: bool = False
    ) -> Written:
        newest = {each.id: each for each in sorted(documents, key=lambda each: each.version)}
        with self._open_writer() as writer:
            schema = self._storage.index().schema
            outdated = frozenset() if force else self._outdated(newest)
            failed = _add(writer, schema, (each for id_, each in newest.items() if id_ not in outdated))
            for id_ in removed:
                _delete(writer, schema, id_)
            _commit(writer)
            self._storage.index().reload()
        return Written(outdated, failed)

    def build(self, batches: Iterable[Sequence[SearchDocument]]) -> Mapping[int, str]:
        with self._writing:
            self.lock()
            self._drop_writer()
            with self._storage.new_generation() as index:
                return _fill(index, batches)

    def close(self) -> None:
        with self._writing:
            self._drop_writer()
            self._storage.close()

    def _outdated(self, documents: Mapping[int, SearchDocument]) -> frozenset[int]:
        there = self._index().versions(Ids(tuple(documents)))
        return frozenset(id_ for id_, version in there.items() if version > documents[id_].version)

    def _index(self) -> TantivyIndex:
        return TantivyIndex(self._storage.index())

    @contextmanager
    def _open_writer(self) -> Iterator[tantivy.IndexWriter]:
        """Opening costs more than writing, so it stays open; after a failure a new one starts from the last commit."""
        with self._writing:
            self.lock()
            try:
                if self._writer is None:
                    self._writer = _writer(self._storage.index())
                yield self._writer
            except BaseException:
                self._drop_writer()
                raise

    def _drop_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer:
            with suppress(ValueError):
                writer.rollback()
            with suppress(ValueError):
                # This, not forgetting the object, releases tantivy's lock: a traceback may still hold the object.
                writer.wait_merging_threads()


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    try:
        return index.writer(HEAP, 1)
    except ValueError as error:
        raise EngineUnavailable(f"The index cannot be written to: {error}") from error


def _fill(index: tantivy.Index, batches: Iterable[Sequence[SearchDocument]]) -> Mapping[int, str]:
    writer = _writer(index)
    failed: dict[int, str] = {}
    for batch in batches:
        failed |= _add(writer, index.schema, batch)
    _commit(writer)
    writer.wait_merging_threads()
    return failed


def _add(writer: tantivy.IndexWriter, schema: tantivy.Schema, batch: Iterable[SearchDocument]) -> dict[int, str]:
    """Replaces documents; returns those that cannot be indexed, and leaves what is indexed of them."""
    failed = {}
    for document in batch:
        try:
            found = documents.to_tantivy(indexed(document))
        except (TypeError, ValueError) as error:
            failed[document.id] = f"{type(error).__name__}: {error}"
            continue
        _delete(writer, schema, document.id)
        writer.add_document(found)
    return failed


def _delete(writer: tantivy.IndexWriter, schema: tantivy.Schema, id_: int) -> None:
    # By query: deleting an unsigned number by term deletes nothing in tantivy 0.27, and says nothing.
    writer.delete_documents_by_query(Query.term_query(schema, "id", id_))


def _commit(writer: tantivy.IndexWriter) -> None:
    try:
        writer.commit()
    except (ValueError, OSError) as error:
        raise EngineUnavailable(f"The index could not be written: {error}") from error
