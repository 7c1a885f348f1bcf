"""The engine for several machines: an index in an Elasticsearch cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from search import embedding
from search.contract import Answer, IndexMissing, SearchDocument, SearchQuery, State, Suggestions, Written
from search.elasticsearch_engine import schema
from search.elasticsearch_engine.address import Address
from search.elasticsearch_engine.client import connect
from search.elasticsearch_engine.documents import page
from search.elasticsearch_engine.generation import NAME, ElasticsearchGeneration
from search.elasticsearch_engine.schema import Page
from search.elasticsearch_engine.storage import Role, Storage
from search.embedding import Packed
from search.explanation import Explanation
from search.indexed import indexed


class ElasticsearchEngine:
    """Threads share one engine, processes the cluster. Who writes is decided for each document by its version."""

    name = NAME
    remote = True

    def __init__(self, address: Address) -> None:
        self.address = address
        client = connect(address)
        self._storage = Storage(client, address)
        self._current = ElasticsearchGeneration(client, self._storage, "current")
        self._candidate = ElasticsearchGeneration(client, self._storage, "candidate")

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
        return self._made_today("current")

    def lock(self) -> None:
        """Nothing to hold: whoever reads a document too early has an older version of it, and that does not win."""

    def write(
        self,
        documents: Sequence[SearchDocument],
        removed: Mapping[int, int] | None = None,
        *,
        force: bool = False,
    ) -> Written:
        removed = removed or {}
        pages, vectors, failed = _ready(documents)
        gone = {id_: version for id_, version in removed.items() if id_ not in pages and id_ not in failed}
        generations = [each for each in (self._readable(), self.candidate()) if each]
        if not generations:
            raise IndexMissing("There is no index to write to.")
        outdated: set[int] = set()
        for each in generations:
            # An index of another embedder, or of none, has no place for them.
            fitting = vectors if each is not self._current or self.is_current() else {}
            older, refused = each.change(pages, gone, fitting, force=force)
            outdated |= older
            failed |= refused
        return Written(frozenset(outdated), failed)

    def candidate(self) -> ElasticsearchGeneration | None:
        return self._candidate if self._made_today("candidate") else None

    def begin(self) -> None:
        self._storage.begin()

    def fill(self, documents: Sequence[SearchDocument]) -> Mapping[int, str]:
        candidate = self.candidate()
        if candidate is None:
            raise IndexMissing("There is no candidate to fill.")
        pages, vectors, failed = _ready(documents)
        _, refused = candidate.change(pages, {}, vectors, again=False)
        return {**failed, **refused}

    def switch(self) -> None:
        candidate = self.candidate()
        if candidate is None:
            raise IndexMissing("There is no candidate to switch to.")
        candidate.refresh()
        self._storage.switch()

    def drop(self) -> None:
        self._storage.drop()

    def remove(self) -> None:
        """Leaves nothing of ours in the cluster."""
        self._storage.remove()

    def close(self) -> None:
        """Connections stay: others may write at any time."""

    def _readable(self) -> ElasticsearchGeneration | None:
        with suppress(IndexMissing):
            self._storage.name("current")
            return self._current
        return None

    def _made_today(self, role: Role) -> bool:
        with suppress(IndexMissing):
            return self._storage.fingerprint(self._storage.name(role)) == schema.fingerprint()
        return False


def _ready(documents: Sequence[SearchDocument]) -> tuple[dict[int, Page], dict[int, Packed], dict[int, str]]:
    """Documents as Elasticsearch takes them, their vectors; and what cannot be indexed: what is indexed of it stays."""
    ready: dict[int, Page] = {}
    failed: dict[int, str] = {}
    newest = {each.id: each for each in sorted(documents, key=lambda each: each.version)}
    for each in newest.values():
        try:
            ready[each.id] = page(indexed(each))
        except (TypeError, ValueError) as error:
            failed[each.id] = f"{type(error).__name__}: {error}"
    return ready, embedding.of_documents([newest[id_] for id_ in ready]), failed
