"""A question as it is put to one index: which terms its words are looked up under, and what misspelt ones may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from search import analysis, spelling
from search.analysis import Lookup
from search.question import Question


class KnownWords(spelling.Words, Protocol):
    def has(self, term: str) -> bool:
        """Whether any document has the term, as a word or as a part of one."""


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """``corrections``: words of the collection that it may have been meant to be; only for one that no document has."""

    text: str
    lookup: Lookup
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """Like the question, its words with what is known of them."""

    words: tuple[SoughtWord, ...]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]

    @property
    def terms(self) -> frozenset[str]:
        """Terms that a text is marked for."""
        found: set[str] = set()
        for word in self.words:
            found.update(word.lookup.terms, word.lookup.parts)
            for correction in word.corrections:
                found.update(analysis.lookup(correction).terms)
        for phrase in self.phrases:
            for each in phrase:
                found.update(analysis.lookup(each).terms)
        return frozenset(found)

    def corrected(self, text: str) -> str | None:
        """The text with the best correction of each misspelt word; None when there is nothing to correct."""
        best = {word.text: word.corrections[0] for word in self.words if word.corrections}
        if not best:
            return None
        return re.sub(analysis.WORD, lambda found: best.get(found[0].lower(), found[0]), analysis.normalise(text))


def seek(question: Question, known: KnownWords) -> Sought:
    return Sought(tuple(_word(each, known) for each in question.words), question.phrases, question.excluded)


def _word(text: str, known: KnownWords) -> SoughtWord:
    lookup = analysis.lookup(text)
    if any(known.has(term) for term in lookup.terms):
        return SoughtWord(text, lookup)
    return SoughtWord(text, lookup, spelling.corrections(text, known))
