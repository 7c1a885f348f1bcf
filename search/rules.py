"""What communicators have decided about searches: synonyms, and pages pinned or hidden for a query. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from search import analysis
from search.question import Question, ask, without_quotes
from search.stopwords import STOP_WORDS

Words = tuple[str, ...]
Key = frozenset[str]
"""Terms of a question's words: in any order and inflection, it is the same question."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Who searches for ``words`` finds ``others`` as well.

    words     one after another in the question, in any inflection, as ``telling`` gives them
    language  only in texts of this language; "" in all
    """

    words: Words
    others: tuple[Words, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A synonym as one question needs it; ``words`` are the question's."""

    words: Words
    others: tuple[Words, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page that was chosen for a question; both days belong to the period, None is without end."""

    id: int
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Decision:
    """For one question: pages that come first, in this order, and pages that never come."""

    pinned: tuple[Chosen, ...] = ()
    hidden: tuple[Chosen, ...] = ()

    def pinned_on(self, day: date) -> tuple[int, ...]:
        hidden = self.hidden_on(day)
        return tuple(dict.fromkeys(each.id for each in self.pinned if each.holds_on(day) and each.id not in hidden))

    def hidden_on(self, day: date) -> tuple[int, ...]:
        return tuple(dict.fromkeys(each.id for each in self.hidden if each.holds_on(day)))


UNDECIDED = Decision()


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a site. ``synonyms`` by the term of their first word."""

    synonyms: Mapping[str, tuple[Synonym, ...]] = field(default_factory=dict)
    decisions: Mapping[Key, Decision] = field(default_factory=dict)

    @classmethod
    def of(cls, synonyms: Iterable[Synonym] = (), decisions: Iterable[tuple[str, Decision]] = ()) -> Rules:
        """``decisions``: pairs of a query and what was decided for it."""
        by_term: dict[str, tuple[Synonym, ...]] = {}
        for synonym in synonyms:
            first = term(synonym.words[0])
            by_term[first] = (*by_term.get(first, ()), synonym)
        return cls(by_term, {key: decision for text, decision in decisions if (key := key_of(ask(text)))})

    def expansions(self, words: Sequence[str]) -> Iterator[Expansion]:
        """Synonyms for words that stand one after another in a question."""
        if not self.synonyms:
            return
        terms = [term(word) for word in words]
        for start, first in enumerate(terms):
            for synonym in self.synonyms.get(first, ()):
                end = start + len(synonym.words)
                if terms[start:end] == [term(word) for word in synonym.words]:
                    yield Expansion(tuple(words[start:end]), synonym.others, synonym.language)

    def decision(self, question: Question) -> Decision:
        return self.decisions.get(key_of(question), UNDECIDED) if self.decisions else UNDECIDED


NO_RULES = Rules()


def telling(text: str) -> Words:
    """Words as a question has them: without those too common to tell anything, unless there are no others.

    >>> telling("Rett til “skoleplass”")
    ('rett', 'skoleplass')
    """
    return ask(without_quotes(text)).words


def terms_of(text: str) -> Words:
    """The same for words and phrases that a question takes for the same."""
    return tuple(term(word) for word in telling(text))


def key_of(question: Question) -> Key:
    """Empty for a question that leaves words out: it is another one, and has no rules.

    >>> key_of(ask("Barnehager i Lillehammer")) == key_of(ask("lillehammer barnehage"))
    True
    """
    if question.excluded:
        return frozenset()
    quoted = [word for phrase in question.phrases for word in phrase]
    words = [*question.words, *([word for word in quoted if word not in STOP_WORDS] or quoted)]
    return frozenset(term(word) for word in words)


def term(word: str) -> str:
    return analysis.lookup(word).terms[0]
