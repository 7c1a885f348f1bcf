"""A question as it is put to one index: which terms its words are looked up under, and what misspelt ones may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass, replace
from typing import Protocol

from search import analysis, spelling
from search.analysis import Lookup
from search.norwegian.lexicon import zipf
from search.question import Question
from search.rules import NO_RULES, Expansion, Rules, Words
from search.slips import one_slip_away

CORRECTED_WORDS = 8
"""Of one question: each takes several looks into the vocabulary, and who misspells more asks in another language."""

LETTERS, COMMON = range(6, 21), 3.0
"""Of a word that is looked for in compounds, and how common it is (zipf): shorter or rarer ones are there by chance."""


class KnownWords(spelling.Words, Protocol):
    def held(self, terms: Collection[str]) -> Set[str]:
        """Those of the terms that any document has, as a word or as a part of one."""

    def live(self, words: Collection[str]) -> Collection[str]:
        """Those of the words that a document has now; the others may tell of removed ones too."""


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """``corrections``: words of the collection that it may have been meant to be; only for one that no document has."""

    text: str
    lookup: Lookup
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """Like the question, its words with what is known of them; ``expansions`` are their synonyms."""

    words: tuple[SoughtWord, ...]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]
    expansions: tuple[Expansion, ...] = ()

    @property
    def looked_up(self) -> frozenset[str]:
        """Terms by which a document has one of the words: those that tell whether a word is known."""
        return frozenset(term for word in self.words for term in word.lookup.any_form)

    @property
    def terms(self) -> frozenset[str]:
        """Terms that a text is marked for, wherever they stand."""
        found: set[str] = set()
        for word in self.words:
            found.update(word.lookup.terms, word.lookup.parts, word.lookup.stems)
            for correction in word.corrections:
                found.update(analysis.lookup(correction).any_form)
        for other in self._synonyms:
            if len(other) == 1:
                found.update(analysis.lookup(other[0]).any_form)
        return frozenset(found)

    @property
    def phrase_terms(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Phrase by phrase and word by word, the terms that are marked where they stand one after another."""
        phrases = (*self.phrases, *(other for other in self._synonyms if len(other) > 1))
        return tuple(tuple(analysis.lookup(word).terms for word in phrase) for phrase in phrases)

    @property
    def _synonyms(self) -> Iterator[Words]:
        return (other for expansion in self.expansions for other in expansion.others)


def seek(question: Question, known: KnownWords, rules: Rules = NO_RULES) -> Sought:
    sought = trusted(question, rules)
    return corrected(sought, known.held(sought.looked_up), known)


def trusted(question: Question, rules: Rules = NO_RULES) -> Sought:
    """Before anybody has looked which words are known: as if all were."""
    words = tuple(SoughtWord(word, analysis.lookup(word)) for word in question.words)
    return Sought(words, question.phrases, question.excluded, tuple(rules.expansions(question.words)))


def corrected(sought: Sought, held: Set[str], known: KnownWords) -> Sought:
    """``held``: those of ``sought.looked_up`` that any document has."""
    # whoever wrote a synonym for a word knows it
    meant = {word for expansion in sought.expansions for word in expansion.words}
    there = [each.text for each in sought.words if each.text in meant or not held.isdisjoint(each.lookup.any_form)]
    # what is half of a hyphenated word that is there, written in one, is not misspelt either
    strange = [each for each in sought.words if not any(each.text in other for other in there)]
    meant_by = {each: replace(each, corrections=_corrections(each.text, known)) for each in strange[:CORRECTED_WORDS]}
    return replace(sought, words=tuple(meant_by.get(each, each) for each in sought.words))


def _corrections(word: str, known: KnownWords) -> tuple[str, ...]:
    found = spelling.corrections(word, known)
    live = known.live(found) if found else ()
    return tuple(each for each in found if each in live) or _inside_compounds(word, known)


def _inside_compounds(word: str, known: KnownWords) -> tuple[str, ...]:
    """Common words one slip away that only compounds have: *tilgjengelihet*, where *tilgjengelighetserklæring* is."""
    near = one_slip_away(word) if len(word) in LETTERS else []
    common = {each: analysis.lookup(each).terms[0] for each in near if zipf(each) >= COMMON}
    held = known.held(common.values()) if common else ()
    found = (each for each, term in common.items() if term in held)
    return tuple(sorted(found, key=lambda each: (-zipf(each), each))[: spelling.MOST])
