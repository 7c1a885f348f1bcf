"""Suggestions while a visitor types: pages by their title, and words by how many pages have them."""

from __future__ import annotations

from collections.abc import Iterator

import tantivy
from tantivy import Occur, Order, Query

from search import analysis
from search.contract import PageSuggestion, Suggestions
from search.tantivy_engine import documents, queries

MAX_CHARACTERS = 100
MAX_WORDS = 8
SHORTEST_COMPLETED = 2
"""Letters needed before words are offered; one letter would walk too much of the vocabulary for too little."""


def suggestions(schema: tantivy.Schema, searcher: tantivy.Searcher, site: int, text: str, limit: int) -> Suggestions:
    text = analysis.normalise(text[:MAX_CHARACTERS])
    words = analysis.words(text)[:MAX_WORDS]
    if not words:
        return Suggestions()
    on_site = queries.key(schema, "site", [str(site)])
    completions: tuple[str, ...] = ()
    if analysis.WORD.fullmatch(text[-1]) and len(words[-1]) >= SHORTEST_COMPLETED:
        completions = tuple(_completions(schema, searcher, site, words, limit))
    return Suggestions(tuple(_pages(schema, searcher, on_site, words, limit)), completions)


def _pages(
    schema: tantivy.Schema, searcher: tantivy.Searcher, on_site: Query, words: list[str], limit: int
) -> Iterator[PageSuggestion]:
    """Titles that begin so, then titles with words that begin so; the newest first."""
    beginning = " ".join(words)[: documents.BEGINNING]
    begins = Query.term_query(schema, "beginnings", beginning)
    prefixes = [Query.term_query(schema, "prefixes", word[: documents.PREFIX]) for word in words]
    seen: set[int] = set()
    for clauses in ([begins], prefixes):
        found = searcher.search(
            Query.boolean_query([(Occur.Must, each) for each in (on_site, *clauses)]),
            limit + len(seen),
            count=False,
            order_by_field="published",
            order=Order.Desc,
        )
        for _, address in found.hits:
            source = documents.source(searcher.doc(address))
            if source.id not in seen and len(seen) < limit:
                seen.add(source.id)
                yield PageSuggestion(source.id, source.type, source.title, source.path)


def _completions(
    schema: tantivy.Schema, searcher: tantivy.Searcher, site: int, words: list[str], limit: int
) -> Iterator[str]:
    """What was typed with its last word completed, by frequency among pages that have the words before it."""
    *before, last = words
    filter_query = None
    if before:
        filter_query = Query.boolean_query([(Occur.Must, queries.word(schema, word)) for word in before])
    prefix = f"{site}:{last}"
    stems = {analysis.term(last, "nb")}
    # Twice as many as needed: inflections of a word already offered are left out.
    for entry, _ in searcher.terms_with_prefix("vocabulary", prefix, filter_query=filter_query, limit=2 * limit + 1):
        word = entry.partition(":")[2]
        stem = analysis.term(word, "nb")
        if stem not in stems and len(stems) <= limit and _is_live(schema, searcher, entry):
            stems.add(stem)
            yield " ".join([*before, word])


def _is_live(schema: tantivy.Schema, searcher: tantivy.Searcher, entry: str) -> bool:
    """The vocabulary keeps words of removed pages until their segment is merged; a search leaves those pages out."""
    found = searcher.search(Query.term_query(schema, "vocabulary", entry), 1, count=False)
    return bool(found.hits)
