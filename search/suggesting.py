"""Suggestions while a visitor types: pages by their title, and words by how many pages have them."""

from __future__ import annotations

from collections.abc import Iterator

from search import analysis, plan
from search.clauses import Clause, Group, Term
from search.contract import PageSuggestion, Suggestions
from search.index import Index
from search.indexed import BEGINNING, PREFIX

MAX_CHARACTERS = 100
MAX_WORDS = 8
SHORTEST_COMPLETED = 2
"""Letters needed before words are offered; one letter would walk too much of the vocabulary for too little."""


def suggestions(index: Index, site: int, text: str, limit: int) -> Suggestions:
    text = analysis.normalise(text[:MAX_CHARACTERS])
    words = analysis.words(text)[:MAX_WORDS]
    if not words:
        return Suggestions()
    completions: tuple[str, ...] = ()
    if analysis.WORD.fullmatch(text[-1]) and len(words[-1]) >= SHORTEST_COMPLETED:
        completions = tuple(_completions(index, site, words, limit))
    return Suggestions(tuple(_pages(index, site, words, limit)), completions)


def _pages(index: Index, site: int, words: list[str], limit: int) -> Iterator[PageSuggestion]:
    """Titles that begin so, then titles with words that begin so; the newest first."""
    begins = Term("beginnings", " ".join(words)[:BEGINNING])
    prefixes = tuple(Term("prefixes", word[:PREFIX]) for word in words)
    seen: set[int] = set()
    for clauses in ((begins,), prefixes):
        wanted = Group(filters=(plan.on_site(site), *clauses))
        ranked = index.find(wanted, "newest", limit + len(seen), {}).ranked
        for source in index.sources([each for each in ranked if each.id not in seen][: limit - len(seen)]):
            seen.add(source.id)
            yield PageSuggestion(source.id, source.type, source.title, source.path)


def _completions(index: Index, site: int, words: list[str], limit: int) -> Iterator[str]:
    """What was typed with its last word completed, by frequency among pages that have the words before it."""
    *before, last = words
    within: Clause | None = Group(filters=tuple(plan.word(word) for word in before)) if before else None
    # Twice as many as needed: inflections of a word already offered are left out.
    found = index.completions(site, last, within, 2 * limit + 1)
    live = index.live(site, found)
    stems = {analysis.term(last, "nb")}
    for word in found:
        stem = analysis.term(word, "nb")
        if stem not in stems and len(stems) <= limit and word in live:
            stems.add(stem)
            yield " ".join([*before, word])
