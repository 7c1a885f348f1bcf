"""What an index knows of one site's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set

from search.index import Index


class SiteWords:
    """``search.sought.KnownWords``."""

    def __init__(self, index: Index, site: int) -> None:
        self._index = index
        self._site = site

    def held(self, terms: Collection[str]) -> Set[str]:
        return {term for term, count in self._index.holders(terms, ("words", "parts")).items() if count}

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        return self._index.beginning(self._site, letters)

    def ending(self, letters: str) -> Iterable[tuple[str, int]]:
        return self._index.ending(self._site, letters)

    def folded(self, word: str) -> Iterable[tuple[str, int]]:
        return self._index.folded(self._site, word)

    def live(self, words: Collection[str]) -> Collection[str]:
        return self._index.live(self._site, words)
