"""An index of Elasticsearch as the rest of search sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch_dsl import A, MultiSearch, Q, Search
from elasticsearch_dsl.query import Query

from search.clauses import WRITTEN, Clause, Everything, TextField
from search.contract import IndexMissing, Order
from search.elasticsearch_engine import documents
from search.elasticsearch_engine.client import retried, translated
from search.elasticsearch_engine.queries import compiled
from search.elasticsearch_engine.schema import MAX_RESULTS
from search.index import Found, Ranked, held
from search.indexed import Source, vocabulary_entry

ALL_VALUES = 10_000
"""More than a facet has; Elasticsearch wants a limit."""
PER_SHARD = 1_000
"""Words that each shard names: the most frequent ones of all are among them."""
NEAR = 200
"""Words looked through for one correction."""
FEW = 25
"""Hits that come with their texts at once; of more, a second question gets those that are shown."""
PAGE = 10_000
"""Documents of an answer where all are asked for."""

ORDERS: dict[Order, tuple[str, str]] = {
    "relevance": ("_score", "desc"),
    "newest": ("published", "desc"),
    "oldest": ("published", "asc"),
    "title": ("sort_title", "asc"),
    "soonest": ("starts", "asc"),
    "latest": ("starts", "desc"),
}


@dataclass(frozen=True, slots=True)
class ElasticsearchIndex:
    """``search.index.Index``. Every question is asked of what is there at that moment.

    name     of the index, or an alias
    vectors  an alias that it has where its vectors can be compared with today's
    """

    client: Elasticsearch
    name: str
    vectors: str | None = None

    def find(
        self, clause: Clause, order: Order, limit: int, facets: Mapping[str, Clause], terms: Collection[str] = ()
    ) -> Found:
        """One request, whatever is counted and looked up."""
        counted: dict[Clause, list[str]] = {clause: []}
        for field, over in facets.items():
            counted.setdefault(over, []).append(field)
        searches = MultiSearch(using=self.client, index=self.name)
        for over, fields in counted.items():
            search = self._search(compiled(over))
            search = _ranked(search, order, limit) if over == clause else search.extra(size=0, track_total_hits=False)
            for field in fields:
                search.aggs.bucket(field, A("terms", field=f"keys.{field}", size=ALL_VALUES))
            searches = searches.add(search)
        if terms:
            searches = searches.add(self._counting(_lookups(terms, WRITTEN)))
        with translated():
            first, *rest = (each.to_dict() for each in retried(searches.execute))
        holders = _most(terms, WRITTEN, _counted(rest.pop())) if terms else {}
        counts = {
            field: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in aggregation["buckets"]]
            for answer in (first, *rest)
            for field, aggregation in answer.get("aggregations", {}).items()
        }
        hits = [_hit(each, order) for each in first["hits"]["hits"]]
        return Found(first["hits"]["total"]["value"], hits, counts, held(holders))

    def sources(self, ranked: Sequence[Ranked]) -> list[Source]:
        """Where a document was removed since it was found, nothing is left of its texts."""
        missing = [str(each.id) for each in ranked if each.ref is None]
        found: dict[str, Source] = {}
        if missing:
            with translated():
                answer = self.client.mget(index=self.name, ids=missing)
            found = {each["_id"]: documents.source(each.get("_source", {})) for each in answer["docs"]}
        return [each.ref or found[str(each.id)] for each in ranked]

    def similarities(self, ranked: Sequence[Ranked], vector: Sequence[float]) -> Mapping[int, float]:
        if self.vectors is None or not ranked:
            return {}
        count, ids = len(ranked), Q("terms", id=[each.id for each in ranked])
        search = Search(using=self.client, index=self.vectors)
        search = search.knn("vector", count, count, query_vector=list(vector), filter=ids)
        search = search.extra(size=count, stored_fields="_none_", docvalue_fields=["id"])
        try:
            with translated():
                hits = search.execute().to_dict()["hits"]["hits"]
        except IndexMissing:  # one without them, or with those of another embedder
            return {}
        return {each["fields"]["id"][0]: 2 * each["_score"] - 1 for each in hits}

    def size(self) -> int:
        search = self._search(compiled(Everything())).extra(size=0, track_total_hits=True)
        with translated():
            return int(search.execute().hits.total.value)

    def versions(self, clause: Clause) -> dict[int, int]:
        """Id and version of the documents that match."""
        search = self._search(compiled(clause)).sort("id").extra(size=PAGE, stored_fields="_none_")
        search = search.extra(docvalue_fields=["version"], track_total_hits=False)
        found: dict[int, int] = {}
        while True:
            with translated():
                hits = search.execute().to_dict()["hits"]["hits"]
            found |= {each["sort"][0]: each["fields"]["version"][0] for each in hits}
            if len(hits) < PAGE:
                return found
            search = search.extra(search_after=hits[-1]["sort"])

    def holders(self, terms: Collection[str], fields: Sequence[TextField]) -> Mapping[str, int]:
        return _most(terms, fields, self._counts(_lookups(terms, fields)))

    def near(self, site: int, word: str, faults: int) -> Iterator[tuple[str, int]]:
        start = vocabulary_entry(site, "")
        asked = self._search().extra(size=0)
        asked = asked.suggest(
            "near",
            start + word,
            term={
                "field": "vocabulary",
                "analyzer": "keyword",
                "suggest_mode": "always",
                "max_edits": faults,
                "prefix_length": len(start),
                "min_word_length": 1,
                "size": NEAR,
                "shard_size": 2 * NEAR,
            },
        )
        with translated():
            answer = asked.execute().to_dict()
        for found in answer["suggest"]["near"]:
            for option in found["options"]:
                yield option["text"].removeprefix(start), option["freq"]

    def folded(self, site: int, word: str) -> Iterator[tuple[str, int]]:
        start = vocabulary_entry(site, f"{word}:")
        with translated():
            answer = self.client.terms_enum(index=self.name, field="folded", string=start, size=NEAR)
        yield from self._held(site, [each.removeprefix(start) for each in answer["terms"]]).items()

    def completions(self, site: int, beginnings: Collection[str], within: Clause | None, limit: int) -> list[str]:
        start = vocabulary_entry(site, "")
        fields: dict[str, list[str]] = {}
        for letters in beginnings:
            fields.setdefault(documents.bucket(letters), []).append(letters)
        search = self._search(compiled(within) if within else None).extra(size=0, track_total_hits=False)
        for field, wanted in fields.items():
            # A regular expression, but of letters and digits alone.
            options = {"include": f"{start}({'|'.join(wanted)}).*", "size": limit, "shard_size": PER_SHARD + limit}
            search.aggs.bucket(field, A("terms", field=f"completions.{field}", **options))
        with translated():
            answer = search.execute().to_dict()
        buckets = [each for field in fields for each in answer["aggregations"][field]["buckets"]]
        buckets.sort(key=lambda each: (-each["doc_count"], each["key"]))
        return [each["key"].removeprefix(start) for each in buckets[:limit]]

    def live(self, site: int, words: Collection[str]) -> Collection[str]:
        return self._held(site, words).keys()

    def _held(self, site: int, words: Collection[str]) -> dict[str, int]:
        """How many documents have each word, of those that any has."""
        entries = {word: vocabulary_entry(site, word) for word in words}
        counts = self._counts([Q("term", vocabulary=each) for each in entries.values()])
        return {word: count for word, count in zip(entries, counts, strict=True) if count}

    def _counts(self, queries: Sequence[Query]) -> list[int]:
        if not queries:
            return []
        with translated():
            return _counted(self._counting(queries).execute().to_dict())

    def _counting(self, queries: Sequence[Query]) -> Search:
        search = self._search().extra(size=0, track_total_hits=False)
        search.aggs.bucket("each", A("filters", filters={str(n): each for n, each in enumerate(queries)}))
        return search

    def _search(self, query: Query | None = None) -> Search:
        search = Search(using=self.client, index=self.name)
        # Frequencies of all shards together, and all of them or none: a part of the answer looks like an answer.
        search = search.params(search_type="dfs_query_then_fetch", allow_partial_search_results=False)
        return search.query(query) if query else search


def _ranked(search: Search, order: Order, limit: int) -> Search:
    field, direction = ORDERS[order]
    search = search.sort({field: {"order": direction}}, "id").extra(
        size=min(limit, MAX_RESULTS), track_total_hits=True, docvalue_fields=["version"]
    )
    return search.source("source") if limit <= FEW else search.extra(stored_fields="_none_")


def _lookups(terms: Collection[str], fields: Sequence[TextField]) -> list[Query]:
    return [Q("term", **{field: term}) for term in terms for field in fields]


def _most(terms: Collection[str], fields: Sequence[TextField], counts: Sequence[int]) -> dict[str, int]:
    """By term, the largest of the counts of its ``_lookups``."""
    return {term: max(counts[at : at + len(fields)]) for term, at in zip(terms, count(0, len(fields)), strict=False)}


def _counted(answer: Mapping[str, Any]) -> list[int]:
    """How many documents match each of the queries of ``_counting``."""
    buckets = answer["aggregations"]["each"]["buckets"]
    return [int(buckets[str(number)]["doc_count"]) for number in range(len(buckets))]


def _hit(hit: Mapping[str, Any], order: Order) -> Ranked:
    key, id_ = hit["sort"]
    if order == "relevance":
        # Sums of floats differ in their last digits with the order of segments; rounded, equal is equal.
        key = round(key, 4)
    kept = hit.get("_source")
    return Ranked(id_, hit["fields"]["version"][0], key, documents.source(kept) if kept else None)
