"""What an index knows of one site's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set

from search import plan
from search.clauses import WRITTEN, Group, Term
from search.index import Index, held


class SiteWords:
    """``search.sought.KnownWords``.

    exact  whether words that only removed pages or other sites have count as unknown: slower, and rarely needed
    """

    def __init__(self, index: Index, site: int, *, exact: bool = False) -> None:
        self._index = index
        self._site = site
        self._exact = exact

    def held(self, terms: Collection[str]) -> Set[str]:
        found = held(self._index.holders(terms, WRITTEN))
        return {term for term in found if self._has(term)} if self._exact else found

    def near(self, word: str, faults: int) -> Iterable[tuple[str, int]]:
        return self._index.near(self._site, word, faults)

    def folded(self, word: str) -> Iterable[tuple[str, int]]:
        return self._index.folded(self._site, word)

    def live(self, words: Collection[str]) -> Collection[str]:
        return self._index.live(self._site, words)

    def _has(self, term: str) -> bool:
        either = Group(should=tuple(Term(field, term) for field in WRITTEN))
        return self._index.find(Group(filters=(plan.on_site(self._site), either)), "newest", 1, {}).total > 0
