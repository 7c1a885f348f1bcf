"""One generation of an index in a cluster: read by everybody, written by whoever has the newest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from search import answering, explaining, suggesting
from search.clauses import Everything
from search.contract import Answer, EngineUnavailable, IndexMissing, SearchQuery, State, Suggestions
from search.elasticsearch_engine.client import WRITE_SECONDS, refused, translated
from search.elasticsearch_engine.documents import tombstone
from search.elasticsearch_engine.index import ElasticsearchIndex
from search.elasticsearch_engine.schema import Page
from search.elasticsearch_engine.storage import Role, Storage
from search.embedding import Packed, unpacked
from search.explanation import Explanation

NAME = "elasticsearch"
ROUNDS = 10
"""How often others may write a document between our look and our write."""
CONFLICT = 409
CHUNK_BYTES = 20_000_000
"""Of a request; servers refuse more than 100 MB."""


class ElasticsearchGeneration:
    def __init__(self, client: Elasticsearch, storage: Storage, role: Role) -> None:
        self._index = ElasticsearchIndex(client, storage.alias(role), storage.vectors(role))
        self._storage = storage
        self._role = role
        self._client = client.options(request_timeout=WRITE_SECONDS)

    def search(self, query: SearchQuery) -> Answer:
        return answering.answer(self._whole(), query, NAME)

    def suggest(self, site: int, text: str, limit: int) -> Suggestions:
        return suggesting.suggestions(self._whole(), site, text, limit)

    def explain(self, query: SearchQuery, id: int) -> Explanation:
        return explaining.explain(self._whole(), query, id)

    def versions(self) -> dict[int, int]:
        return self._whole().versions(Everything())

    def state(self) -> State:
        """Of a candidate, ``documents`` may lack those of the last seconds."""
        name = self._storage.name(self._role, patient=False)
        return State(name, self._index.size(), self._storage.fingerprint(name))

    def refresh(self) -> None:
        """All that was written is to be found."""
        with translated():
            self._client.indices.refresh(index=self._index.name)

    def _whole(self) -> ElasticsearchIndex:
        """What is filled into a candidate is shown when somebody looks: after each batch it would take longer than
        the filling, and leave an index of hundreds of pieces."""
        if self._role == "candidate":
            self.refresh()
        return self._index

    def change(
        self,
        pages: Mapping[int, Page],
        removed: Mapping[int, int],
        vectors: Mapping[int, Packed],
        *,
        force: bool = False,
        again: bool = True,
    ) -> tuple[set[int], dict[int, str]]:
        """Adds, replaces and removes what is not older than what is there, tombstones included.

        ``again``: also what is there in the same version, and to be found at once. Returns the ids of what was older,
        and of what Elasticsearch refused, with the reason. Raises IndexMissing, EngineUnavailable; then a part of it
        may be written.
        """
        wanted = {**{id_: tombstone(id_, version) for id_, version in removed.items()}, **pages}
        outdated: set[int] = set()
        failed: dict[int, str] = {}
        for _ in range(ROUNDS):
            there = self._look(wanted)
            if not force:
                newer = {id_ for id_, each in wanted.items() if id_ in there and there[id_].version > each.version}
                outdated |= newer
                wanted = {id_: each for id_, each in wanted.items() if id_ not in newer}
            if not again:
                wanted = {
                    id_: each
                    for id_, each in wanted.items()
                    if id_ not in there or not there[id_].is_page or there[id_].version < each.version
                }
            conflicts, refusals = self._write(wanted, there, vectors, refresh=again)
            failed |= refusals
            # Somebody wrote since we looked: look again who has the newer version.
            wanted = {id_: each for id_, each in wanted.items() if id_ in conflicts}
            if not wanted:
                return outdated, failed
        raise EngineUnavailable(f"Others write the documents {sorted(wanted)[:10]} all the time.")

    def _look(self, ids: Collection[int]) -> dict[int, _There]:
        """What is there of each, a tombstone or a page; as it is now, not as it was at the last refresh."""
        if not ids:
            return {}
        with translated():
            answer = self._client.mget(
                index=self._index.name, ids=[str(each) for each in ids], source_includes=["version", "source.id"]
            )
        found = {}
        for each in answer["docs"]:
            if "error" in each:
                raise IndexMissing(f"There is no index {self._index.name}: {each['error'].get('reason')}")
            if each["found"]:
                kept = each["_source"]
                found[int(each["_id"])] = _There(
                    kept["version"], "source" in kept, each["_seq_no"], each["_primary_term"]
                )
        return found

    def _write(
        self, wanted: Mapping[int, Page], there: Mapping[int, _There], vectors: Mapping[int, Packed], *, refresh: bool
    ) -> tuple[set[int], dict[int, str]]:
        """Returns what was changed by others since we looked, and what Elasticsearch refused."""
        conflicts: set[int] = set()
        refusals: dict[int, str] = {}
        with translated():
            for done, answer in streaming_bulk(
                self._client,
                (_action(each, there.get(id_), vectors.get(id_)) for id_, each in wanted.items()),
                index=self._index.name,
                require_alias=True,  # otherwise a write after the index is gone would make a new one
                refresh=refresh,
                raise_on_error=False,
                max_chunk_bytes=CHUNK_BYTES,
            ):
                [item] = answer.values()
                if done:
                    continue
                error = item["error"]
                reason = f"{error['type']}: {error['reason']}" if isinstance(error, dict) else str(error)
                if item["status"] == CONFLICT:
                    conflicts.add(int(item["_id"]))
                elif item["status"] == 400:
                    refusals[int(item["_id"])] = reason
                else:
                    raise refused(item["status"], reason)
        return conflicts, refusals


@dataclass(frozen=True, slots=True)
class _There:
    """``number`` and ``term``: by which Elasticsearch knows whether anybody wrote it since."""

    version: int
    is_page: bool
    number: int
    term: int


def _action(page: Page, there: _There | None, vector: Packed | None) -> dict[str, Any]:
    source = page.to_dict(skip_empty=False)
    if vector:
        source["vector"] = unpacked(vector)
    action = {"_id": page.meta.id, "_source": source}
    if there is None:
        return {**action, "_op_type": "create"}
    return {**action, "if_seq_no": there.number, "if_primary_term": there.term}
