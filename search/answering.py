"""Answers a SearchQuery from one state of an index, whichever engine has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from search import embedding, offers, plan, similar
from search.clauses import NOTHING, Clause, Group, Ids
from search.contract import FACET_VALUES, Answer, Facet, Highlight, Hit, Order, SearchQuery
from search.fusion import WINDOW, fused
from search.highlight import highlight
from search.index import Found, Index, Ranked
from search.indexed import FIELD_NAME, Source
from search.plan import Plan
from search.question import Question, ask, wanted, without_quotes
from search.site_words import SiteWords
from search.sought import Sought, corrected, seek, trusted

SPARE = 50
"""Hits fetched beyond the page, for ties at its end."""
MAX_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Look:
    """What was looked for, in which words, and what there is; ``pinned`` comes before what was found."""

    sought: Sought
    planned: Plan
    order: Order
    pinned: list[Ranked]
    found: Found
    vector: list[float] | None

    @property
    def total(self) -> int:
        return len(self.pinned) + self.found.total


def answer(index: Index, query: SearchQuery, engine: str) -> Answer:
    question = ask(query.text)
    sought = trusted(question, query.rules)
    # Most words are known. Whether they are is told with the first look: over a network that is one question less.
    look = _look(index, query, question, sought, sought.looked_up)
    meant = corrected(sought, look.found.held, SiteWords(index, query.site))
    if meant != sought:
        look = _look(index, query, question, meant)
    if not look.total and sought.words:
        exact = seek(question, SiteWords(index, query.site, exact=True), query.rules)
        if exact != look.sought:
            look = _look(index, query, question, exact)
    return _shown(index, query, engine, look)


def _look(index: Index, query: SearchQuery, question: Question, sought: Sought, terms: Collection[str] = ()) -> _Look:
    ranking = _ranking(index, query, sought)
    planned = plan.plan(query, ranking, query.rules.decision(question))
    order: Order = query.order or ("relevance" if query.ranked else "newest")
    if order == "relevance" and not query.ranked:
        order = "newest"
    facets = {field: planned.clause(without=field) for field in _facets(query)}
    pinned = _pinned(index, planned) if order == "relevance" else []
    end = max(1, query.offset + query.limit - len(pinned))
    asked = planned
    if ranking and order == "relevance":
        asked = replace(planned, ranking=plan.raised(ranking, query))
    vector = _vector(query, sought) if ranking and order == "relevance" else None
    clause = asked.clause(never=tuple(each.id for each in pinned))
    found = first_hits(index, clause, order, max(end, WINDOW) if vector else end, facets, terms)
    return _Look(sought, planned, order, pinned, found, vector)


def _shown(index: Index, query: SearchQuery, engine: str, look: _Look) -> Answer:
    ranked = in_order(look.found.ranked, look.order)
    if look.vector:
        window = ranked[:WINDOW]
        ranked = [*fused(window, index.similarities(window, look.vector)), *ranked[WINDOW:]]
    page = [*look.pinned, *ranked][query.offset : query.offset + query.limit]
    selected = dict(query.keys)
    return Answer(
        look.total,
        tuple(_hits(index, page, look)),
        {field: _facet(look.found.counts.get(field, []), selected.get(field, ())) for field in _facets(query)},
        did_you_mean=_meant(index, query, look),
        broader=() if look.total else offers.broader(index, look.planned),
        engine=engine,
    )


def _facets(query: SearchQuery) -> list[str]:
    return [field for field in dict.fromkeys(query.facets) if FIELD_NAME.fullmatch(field)]


def _meant(index: Index, query: SearchQuery, look: _Look) -> str | None:
    sought, planned = look.sought, look.planned
    if look.total or not sought.phrases:
        return offers.better_spelling(index, sought, planned, query.text)
    # A phrase that is nowhere: its words may be, one by one or spelt in another way.
    text = without_quotes(query.text)
    loose = seek(ask(text), SiteWords(index, query.site), query.rules)
    meant = replace(planned, ranking=plan.question(loose))
    if not offers.count(index, meant.clause()):
        return None
    return offers.better_spelling(index, loose, meant, text) or text


def _ranking(index: Index, query: SearchQuery, sought: Sought) -> Clause | None:
    parts = []
    if query.text.strip():
        parts.append(plan.question(sought))
    if query.similar_to is not None:
        parts.append(_similar(index, query.site, query.similar_to))
    return Group(must=tuple(parts)) if parts else None


def _vector(query: SearchQuery, sought: Sought) -> list[float] | None:
    """Of what the visitor wants. None where there is nothing to be understood."""
    return embedding.of_query(wanted(query.text)) if sought.words else None


def _similar(index: Index, site: int, id_: int) -> Clause:
    if not 0 <= id_ <= MAX_ID:
        return NOTHING
    given = Group(filters=(plan.on_site(site), Ids((id_,))))
    found = index.sources(index.find(given, "newest", 1, {}).ranked)
    return similar.clause(index, found[0]) if found else NOTHING


def _pinned(index: Index, planned: Plan) -> list[Ranked]:
    """Those of the pinned pages that pass the filters, in the order that communicators gave them."""
    if not planned.pinned:
        return []
    found = index.find(planned.clause(besides=(Ids(planned.pinned),)), "relevance", len(planned.pinned), {}).ranked
    return sorted(found, key=lambda each: planned.pinned.index(each.id))


def first_hits(
    index: Index,
    clause: Clause,
    order: Order,
    end: int,
    facets: Mapping[str, Clause] = MappingProxyType({}),
    terms: Collection[str] = (),
    spare: int = SPARE,
) -> Found:
    """At least the first ``end`` hits and all that tie with the last one: engines have ties in any order."""
    fetch = end + spare
    first = found = index.find(clause, order, fetch, facets, terms)
    while len(found.ranked) == fetch and found.ranked[end - 1].key == found.ranked[-1].key:
        fetch *= 4
        found = index.find(clause, order, fetch, {})
    return replace(first, ranked=found.ranked)


def in_order(ranked: list[Ranked], order: Order) -> list[Ranked]:
    """Ties go by id, in the direction of the order as lists have it, but upwards below equal scores."""
    by_id = sorted(ranked, key=lambda each: each.id, reverse=order in {"newest", "latest"})
    return sorted(by_id, key=lambda each: each.key, reverse=order in {"relevance", "newest", "latest"})


def _hits(index: Index, page: list[Ranked], look: _Look) -> list[Hit]:
    terms, phrases = look.sought.terms, look.sought.phrase_terms
    sources: list[Source | None] = [*index.sources(page)] if terms or phrases else [None] * len(page)
    pinned = {each.id for each in look.pinned}
    return [
        Hit(
            each.id,
            each.version,
            each.key if look.order == "relevance" else 0.0,
            _highlight(source, terms, phrases) if source else Highlight(),
            pinned=each.id in pinned,
        )
        for each, source in zip(page, sources, strict=True)
    ]


def _highlight(source: Source, terms: frozenset[str], phrases: tuple[tuple[tuple[str, ...], ...], ...]) -> Highlight:
    spelt = [[source.matching(of_word) for of_word in phrase] for phrase in phrases]
    return highlight(source.title, source.passages, source.matching(terms), spelt)


def _facet(counts: list[tuple[str, int]], selected: tuple[str, ...]) -> Facet:
    ordered = sorted(counts, key=lambda each: (-each[1], each[0]))
    shown = ordered[:FACET_VALUES]
    there = {value for value, _ in shown}
    number = dict(ordered)
    shown += [(value, number.get(value, 0)) for value in dict.fromkeys(selected) if value not in there]
    return Facet(tuple(shown), more=len(ordered) > FACET_VALUES)
