"""One state of a tantivy index as the rest of search sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import tantivy
from tantivy import Query

from search import spelling
from search.clauses import WRITTEN, Clause, TextField
from search.contract import Order
from search.index import Found, Ranked, held
from search.indexed import Source, vocabulary_entry
from search.tantivy_engine import documents
from search.tantivy_engine.queries import compiled
from search.tantivy_engine.reader import Opened
from search.tantivy_engine.vectors import cosines

ALL_VALUES = 10_000
"""More than a facet has; tantivy wants a limit."""
MOST = 20_000
"""Words looked through for one correction."""

ORDERS = {
    "newest": ("published", tantivy.Order.Desc),
    "oldest": ("published", tantivy.Order.Asc),
    "title": ("sort_title", tantivy.Order.Asc),
    "soonest": ("starts", tantivy.Order.Asc),
    "latest": ("starts", tantivy.Order.Desc),
}


class TantivyIndex:
    """``search.index.Index``; frequencies include what is removed and not yet gone."""

    def __init__(self, opened: Opened) -> None:
        self._schema = opened.index.schema
        self._searcher = opened.index.searcher()
        self._vectors = opened.vectors

    def find(
        self, clause: Clause, order: Order, limit: int, facets: Mapping[str, Clause], terms: Collection[str] = ()
    ) -> Found:
        query = compiled(self._schema, clause)
        if order == "relevance":
            found = self._searcher.search(query, limit)
            # Sums of floats differ in their last digits with the order of segments; rounded, equal is equal.
            keys: list[Any] = [round(score, 4) for score, _ in found.hits]
        else:
            field, direction = ORDERS[order]
            found = self._searcher.search(query, limit, order_by_field=field, order=direction)
            keys = [key for key, _ in found.hits]
        addresses = [address for _, address in found.hits]
        ids, versions = (self._numbers(name, addresses) for name in ("id", "version"))
        total: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
        ranked = [Ranked(*each) for each in zip(ids, versions, keys, addresses, strict=True)]
        return Found(total, ranked, self._counts(facets), held(self.holders(terms, WRITTEN)))

    def sources(self, ranked: Sequence[Ranked]) -> list[Source]:
        return [documents.source(self._searcher.doc(each.ref)) for each in ranked]

    def similarities(self, ranked: Sequence[Ranked], vector: Sequence[float]) -> Mapping[int, float]:
        if self._vectors is None:
            return {}
        rows = self._searcher.fast_field_values("vector", [each.ref for each in ranked])
        having = {each.id: int(row) for each, row in zip(ranked, rows, strict=True) if row is not None}
        return dict(zip(having, cosines(self._vectors.read(list(having.values())), vector), strict=True))

    def size(self) -> int:
        return self._searcher.num_docs

    def versions(self, clause: Clause) -> dict[int, int]:
        """Id and version of the documents that match."""
        hits = self._searcher.search(compiled(self._schema, clause), max(1, self.size()), count=False).hits
        addresses = [address for _, address in hits]
        return dict(zip(self._numbers("id", addresses), self._numbers("version", addresses), strict=True))

    def holders(self, terms: Collection[str], fields: Sequence[TextField]) -> Mapping[str, int]:
        return {term: max(self._searcher.doc_freq(field, term) for field in fields) for term in terms}

    def near(self, site: int, word: str, faults: int) -> Iterable[tuple[str, int]]:
        first, last = spelling.ends(word, faults)
        found = {entry[::-1]: count for entry, count in self._entries("reversed", site, last[::-1])}
        return {**found, **dict(self._entries("vocabulary", site, first))}.items()

    def folded(self, site: int, word: str) -> Iterator[tuple[str, int]]:
        for entry, count in self._entries("folded", site, f"{word}:"):
            yield entry.partition(":")[2], count

    def completions(self, site: int, beginnings: Collection[str], within: Clause | None, limit: int) -> list[str]:
        # Looking for letters that no word begins with takes about 1 µs for each segment.
        counts = {
            word: count
            for letters in beginnings
            for word, count in self._entries("vocabulary", site, letters, within, limit)
        }
        found = sorted(counts, key=lambda word: (-counts[word], word))[:limit]
        live = self.live(site, found)
        return [word for word in found if word in live]

    def live(self, site: int, words: Collection[str]) -> set[str]:
        """The vocabulary keeps words of removed pages until their segment is merged; a search leaves them out."""
        return {
            word
            for word in words
            if self._searcher.search(
                Query.term_query(self._schema, "vocabulary", vocabulary_entry(site, word)), 1, count=False
            ).hits
        }

    def _numbers(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return [int(each or 0) for each in self._searcher.fast_field_values(field, addresses)]

    def _counts(self, facets: Mapping[str, Clause]) -> dict[str, list[tuple[str, int]]]:
        """Fields that count over the same documents are counted at once."""
        fields: dict[Clause, list[str]] = {}
        for field, clause in facets.items():
            fields.setdefault(clause, []).append(field)
        counts: dict[str, list[tuple[str, int]]] = {}
        for clause, names in fields.items():
            asked = {name: {"terms": {"field": f"keys.{name}", "size": ALL_VALUES}} for name in names}
            found = self._searcher.aggregate(compiled(self._schema, clause), asked)
            for name in names:
                buckets = found[name]["buckets"]
                counts[name] = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
        return counts

    def _entries(
        self, field: str, site: int, prefix: str, within: Clause | None = None, limit: int = MOST
    ) -> Iterator[tuple[str, int]]:
        start = vocabulary_entry(site, "")
        filter_query = compiled(self._schema, within) if within else None
        found = self._searcher.terms_with_prefix(field, start + prefix, filter_query=filter_query, limit=limit)
        for entry, count in found:
            yield entry.removeprefix(start), count
