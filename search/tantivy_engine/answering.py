"""Answers a SearchQuery from one state of the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import DocAddress, Order, Query

from search.contract import FACET_VALUES, Answer, Facet, Highlight, Hit, SearchQuery
from search.highlight import highlight
from search.question import ask
from search.sought import Sought, seek
from search.tantivy_engine import documents, queries, similar
from search.tantivy_engine.queries import Compiled
from search.tantivy_engine.site_words import SiteWords

ALL_VALUES = 10_000
"""More than a facet has; tantivy wants a limit."""

SPARE = 50
"""Hits fetched beyond the page, for ties at its end."""

FAST = ("id", "version")

ORDERS = {
    "newest": ("published", Order.Desc),
    "oldest": ("published", Order.Asc),
    "title": ("sort_title", Order.Asc),
    "soonest": ("starts", Order.Asc),
    "latest": ("starts", Order.Desc),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    id: int
    version: int
    key: Any
    address: DocAddress


def answer(schema: tantivy.Schema, searcher: tantivy.Searcher, query: SearchQuery, engine: str) -> Answer:
    sought = seek(ask(query.text), SiteWords(schema, searcher, query.site))
    compiled = queries.compiled(schema, query, _ranking(schema, searcher, query, sought))
    order = query.order or ("relevance" if query.ranked else "newest")
    if order == "relevance" and not query.ranked:
        order = "newest"
    total, page = _page(searcher, compiled.query(), order, query.offset, query.limit)
    wanted = sought.terms
    hits = tuple(
        Hit(
            each.id, each.version, each.key if order == "relevance" else 0.0, _highlight(searcher, each.address, wanted)
        )
        for each in page
    )
    facets = _facets(searcher, compiled, query)
    return Answer(total, hits, facets, did_you_mean=sought.corrected(query.text), engine=engine)


def _ranking(schema: tantivy.Schema, searcher: tantivy.Searcher, query: SearchQuery, sought: Sought) -> Query | None:
    parts = []
    if query.text.strip():
        parts.append(queries.question(schema, sought))
    if query.similar_to is not None:
        parts.append(_similar(schema, searcher, query.site, query.similar_to))
    if len(parts) == 2:
        return parts[0].and_must_match(parts[1])
    return parts[0] if parts else None


def _similar(schema: tantivy.Schema, searcher: tantivy.Searcher, site: int, id_: int) -> Query:
    if not 0 <= id_ < 2**63:
        return Query.empty_query()
    given = queries.key(schema, "site", [str(site)]).and_must_match(Query.term_query(schema, "id", id_))
    found = searcher.search(given, 1, count=False).hits
    if not found:
        return Query.empty_query()
    return similar.query(schema, searcher, documents.source(searcher.doc(found[0][1])))


def _page(searcher: tantivy.Searcher, query: Query, order: str, offset: int, limit: int) -> tuple[int, list[Ranked]]:
    """Total, and the hits from ``offset`` on. Ties stand by id: the engine's own order of them changes with merges."""
    end = offset + limit
    fetch = end + SPARE
    while True:
        total, ranked = _best(searcher, query, order, fetch)
        # All that tie with the last hit of the page must be there before they can be put in order.
        if len(ranked) < fetch or ranked[end - 1].key != ranked[-1].key:
            break
        fetch *= 4
    # Ties go by id, in the direction of the order as lists have it, but upwards below equal scores.
    ranked.sort(key=lambda each: each.id, reverse=order in {"newest", "latest"})
    ranked.sort(key=lambda each: each.key, reverse=order in {"relevance", "newest", "latest"})
    return total, ranked[offset:end]


def _best(searcher: tantivy.Searcher, query: Query, order: str, fetch: int) -> tuple[int, list[Ranked]]:
    if order == "relevance":
        found = searcher.search(query, fetch)
        # Sums of floats differ in their last digits with the order of segments; rounded, equal is equal.
        keys: list[Any] = [round(score, 4) for score, _ in found.hits]
    else:
        field, direction = ORDERS[order]
        found = searcher.search(query, fetch, order_by_field=field, order=direction)
        keys = [key for key, _ in found.hits]
    addresses = [address for _, address in found.hits]
    ids, versions = ((int(each or 0) for each in searcher.fast_field_values(name, addresses)) for name in FAST)
    total: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
    return total, [Ranked(*each) for each in zip(ids, versions, keys, addresses, strict=True)]


def _highlight(searcher: tantivy.Searcher, address: DocAddress, wanted: frozenset[str]) -> Highlight:
    if not wanted:
        return Highlight()
    source = documents.source(searcher.doc(address))
    return highlight(source.title, source.passages, source.matching(wanted))


def _facets(searcher: tantivy.Searcher, compiled: Compiled, query: SearchQuery) -> Mapping[str, Facet]:
    """Each facet over everything that passes but its own filter, so that its other values stay on offer."""
    counts: dict[str, list[tuple[str, int]]] = {}
    wanted = [field for field in dict.fromkeys(query.facets) if documents.FIELD_NAME.fullmatch(field)]
    shared = [field for field in wanted if field not in compiled.filters]
    if shared:
        counts |= _counts(searcher, compiled.query(), shared)
    for field in wanted:
        if field in compiled.filters:
            counts |= _counts(searcher, compiled.query(without=field), [field])
    selected = dict(query.keys)
    return {field: _facet(counts[field], selected.get(field, ())) for field in wanted}


def _counts(searcher: tantivy.Searcher, query: Query, fields: list[str]) -> dict[str, list[tuple[str, int]]]:
    asked = {field: {"terms": {"field": f"keys.{field}", "size": ALL_VALUES}} for field in fields}
    found = searcher.aggregate(query, asked)
    return {
        field: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in found[field]["buckets"]]
        for field in fields
    }


def _facet(counts: list[tuple[str, int]], selected: tuple[str, ...]) -> Facet:
    ordered = sorted(counts, key=lambda each: (-each[1], each[0]))
    shown = ordered[:FACET_VALUES]
    there = {value for value, _ in shown}
    number = dict(ordered)
    shown += [(value, number.get(value, 0)) for value in dict.fromkeys(selected) if value not in there]
    return Facet(tuple(shown), more=len(ordered) > FACET_VALUES)
