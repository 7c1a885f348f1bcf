"""One generation of a tantivy index: read by everybody, written by the process that holds the lock."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Protocol

import tantivy
from tantivy import Query

from search import answering, explaining, suggesting
from search.clauses import Everything, Ids
from search.contract import Answer, EngineUnavailable, IndexMissing, SearchQuery, State, Suggestions
from search.embedding import Packed
from search.explanation import Explanation
from search.tantivy_engine.index import TantivyIndex
from search.tantivy_engine.reader import Opened, Role
from search.tantivy_engine.vectors import Vectors

NAME = "tantivy"
HEAP = 64_000_000
"""Bytes that a writer may fill before it makes a segment."""


class Storage(Protocol):
    def opened(self, role: Role) -> Opened: ...

    def name(self, role: Role) -> str: ...

    def fingerprint(self, role: Role) -> str: ...

    def begin(self) -> None: ...

    def switch(self) -> None: ...

    def drop(self) -> None: ...

    def lock(self) -> None: ...

    def close(self) -> None: ...


class TantivyGeneration:
    def __init__(self, storage: Storage, role: Role) -> None:
        self._storage = storage
        self._role = role
        self._writer: tantivy.IndexWriter | None = None

    def search(self, query: SearchQuery) -> Answer:
        return answering.answer(self._index(), query, NAME)

    def suggest(self, site: int, text: str, limit: int) -> Suggestions:
        return suggesting.suggestions(self._index(), site, text, limit)

    def explain(self, query: SearchQuery, id: int) -> Explanation:
        return explaining.explain(self._index(), query, id)

    def versions(self) -> dict[int, int]:
        return self._index().versions(Everything())

    def state(self) -> State:
        documents = self._index().size()
        return State(self._storage.name(self._role), documents, self._storage.fingerprint(self._role))

    def is_there(self) -> bool:
        """Whether it can be read."""
        try:
            self._index()
        except IndexMissing:
            return False
        return True

    def versions_of(self, ids: Collection[int]) -> dict[int, int]:
        return self._index().versions(Ids(tuple(ids)))

    def change(
        self, documents: Mapping[int, tantivy.Document], removed: Collection[int], vectors: Mapping[int, Packed]
    ) -> None:
        """Adds, replaces and removes in one commit. Raises IndexMissing, EngineUnavailable."""
        opened = self._storage.opened(self._role)
        index = opened.index
        # Opening costs more than writing, so it stays open.
        writer = self._writer = self._writer or _writer(index)
        for id_ in (*documents, *removed):
            # By query: deleting an unsigned number by term deletes nothing in tantivy 0.27, and says nothing.
            writer.delete_documents_by_query(Query.term_query(index.schema, "id", id_))
        try:
            for document in _with_vectors(documents, vectors, opened.vectors):
                writer.add_document(document)
            writer.commit()
        except (ValueError, OSError) as error:
            raise EngineUnavailable(f"The index could not be written: {error}") from error
        index.reload()

    def close(self) -> None:
        """Forgets what was not committed; the next change opens a new writer."""
        writer, self._writer = self._writer, None
        if writer:
            with suppress(ValueError):
                writer.rollback()
            with suppress(ValueError):
                # This, not forgetting the object, releases tantivy's lock: a traceback may still hold the object.
                writer.wait_merging_threads()

    def _index(self) -> TantivyIndex:
        return TantivyIndex(self._storage.opened(self._role))


def _with_vectors(
    documents: Mapping[int, tantivy.Document], vectors: Mapping[int, Packed], kept: Vectors | None
) -> Iterator[tantivy.Document]:
    """The documents with the numbers of their rows, which are written first."""
    if kept is None or not vectors:
        yield from documents.values()
        return
    having = {id_: vectors[id_] for id_ in documents if id_ in vectors}
    first = kept.add(list(having.values()))
    rows = dict(zip(having, range(first, first + len(having)), strict=True))
    for id_, document in documents.items():
        numbered = copy.copy(document)  # in another generation it has another row
        if id_ in rows:
            numbered.add_unsigned("vector", rows[id_])
        yield numbered


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    try:
        return index.writer(HEAP, 1)
    except ValueError as error:
        raise EngineUnavailable(f"The index cannot be written to: {error}") from error
