"""What is known of a site's words, from the vocabulary of the index."""

from __future__ import annotations

from collections.abc import Iterator

import tantivy

MOST = 20_000
"""Words looked through for one correction."""


class SiteWords:
    """``search.sought.KnownWords``. Counts are of one state of the index, with what is removed and not yet gone."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, site: int) -> None:
        self._searcher = searcher
        self._site = site

    def has(self, term: str) -> bool:
        """Whether any document has the term, as a word or as a part of one."""
        return bool(self._searcher.doc_freq("words", term) or self._searcher.doc_freq("parts", term))

    def beginning(self, letters: str) -> Iterator[tuple[str, int]]:
        yield from self._entries("vocabulary", letters)

    def ending(self, letters: str) -> Iterator[tuple[str, int]]:
        for entry, count in self._entries("reversed", letters[::-1]):
            yield entry[::-1], count

    def folded(self, word: str) -> Iterator[tuple[str, int]]:
        for entry, count in self._entries("folded", f"{word}:"):
            yield entry.partition(":")[2], count

    def _entries(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        start = f"{self._site}:"
        for entry, count in self._searcher.terms_with_prefix(field, start + prefix, limit=MOST):
            yield entry.removeprefix(start), count
