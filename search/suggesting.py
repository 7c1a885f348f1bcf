"""Suggestions while a visitor types: pages by their title, and words by how many pages have them.

Both are looked for as typed; only where nothing at all begins so, one letter may be wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from search import analysis, letters, plan
from search.answering import first_hits, in_order
from search.clauses import AnyTerm, Clause, Group, Term, any_of
from search.contract import PageSuggestion, Suggestions
from search.index import Index
from search.indexed import BEGINNING, PREFIX
from search.slips import one_slip_away, with_other_letters

MAX_CHARACTERS = 100
MAX_WORDS = 8
SHORTEST_COMPLETED, SHORTEST_AFTER_OTHERS = 2, 3
"""Letters from which a word is completed: fewer would walk too much of the vocabulary for too little."""
SPARE = 8
"""Pages fetched beyond those shown, for ties; few, as they come with their texts."""
TOLERATED = 5
"""Words looked at in place of a misspelt one, where words stand before it."""


def suggestions(index: Index, site: int, text: str, limit: int) -> Suggestions:
    text = analysis.normalise(text[:MAX_CHARACTERS])
    words = analysis.words(text)[:MAX_WORDS]
    if not words:
        return Suggestions()
    pages = _pages(index, site, _steps(text, words), limit)
    completed = _as_typed(index, site, words, limit) if _unfinished(text, words) else []
    if not pages and not completed:
        pages = _pages(index, site, [tuple(_misspelt(index, word) for word in words)], limit)
        completed = _corrected(index, site, words, limit) if _unfinished(text, words) else []
    before = text[: len(text) - len(words[-1])]
    return Suggestions(tuple(pages), tuple(before + word for word in completed))


def _unfinished(text: str, words: list[str]) -> bool:
    """Whether the last word may go on."""
    shortest = SHORTEST_COMPLETED if len(words) == 1 else SHORTEST_AFTER_OTHERS
    return len(words[-1]) >= shortest and text.lower().endswith(words[-1])


# Pages


def _steps(text: str, words: list[str]) -> Iterator[tuple[Clause, ...]]:
    """Titles that begin so, titles with words that begin so, then those with parts and other forms of words."""
    yield (Term("beginnings", " ".join(words)[:BEGINNING]),)
    yield tuple(Term("prefixes", word[:PREFIX]) for word in words)
    each = Group(filters=tuple(_other_forms(word) for word in words))
    joined = analysis.joined(text)
    yield (any_of(each, *(_other_forms(word) for word in joined)),)


def _other_forms(word: str) -> Clause:
    return _begins((word, *letters.folds(word)))


def _misspelt(index: Index, word: str) -> Clause:
    letters = word[:PREFIX]
    known = index.holders([letters], ("prefixes", "inside")).get(letters)
    return _begins((letters,) if known else (letters, *one_slip_away(letters)))


def _begins(ways: tuple[str, ...]) -> Clause:
    ways = tuple(dict.fromkeys(way[:PREFIX] for way in ways))
    return Group(should=(AnyTerm("prefixes", ways), AnyTerm("inside", ways)))


def _pages(
    index: Index, site: int, steps: Iterator[tuple[Clause, ...]] | list[tuple[Clause, ...]], limit: int
) -> list[PageSuggestion]:
    """What the first step finds, the newest first, then what the next one does, until there are enough."""
    found: dict[int, PageSuggestion] = {}
    for clauses in steps:
        wanted = Group(filters=(plan.on_site(site), *clauses))
        first = first_hits(index, wanted, "newest", limit + len(found), spare=SPARE)
        ranked = in_order(first.ranked, "newest")
        new = [each for each in ranked if each.id not in found][: limit - len(found)]
        for source in index.sources(new):
            found[source.id] = PageSuggestion(source.id, source.type, source.title, source.path)
        if len(found) == limit:
            break
    return list(found.values())


# Words


def _as_typed(index: Index, site: int, words: list[str], limit: int) -> list[str]:
    *before, last = words
    for beginnings in ([last], with_other_letters(last)):
        if found := _words(index, site, beginnings, before, last, limit):
            return found
    return []


def _corrected(index: Index, site: int, words: list[str], limit: int) -> list[str]:
    *before, last = words
    beginnings: Collection[str] = one_slip_away(last)
    if before and beginnings:
        beginnings = index.completions(site, beginnings, None, TOLERATED)
    return _words(index, site, beginnings, before, last, limit) if beginnings else []


def _words(index: Index, site: int, beginnings: Collection[str], before: list[str], last: str, limit: int) -> list[str]:
    """Words that begin so, by frequency among pages that have the words before."""
    within = Group(filters=tuple(plan.word(word) for word in before)) if before else None
    # Twice as many as needed: inflections of a word already offered are left out.
    found = index.completions(site, beginnings, within, 2 * limit + 1)
    offered: dict[str, str] = {analysis.term(last, "nb"): ""}
    for word in found:
        if len(offered) <= limit:
            offered.setdefault(analysis.term(word, "nb"), word)
    return [word for word in offered.values() if word]
