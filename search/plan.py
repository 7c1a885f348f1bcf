"""What a SearchQuery asks of the index: which clause ranks, and which filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from search import analysis
from search.analysis import Lookup
from search.clauses import (
    NOTHING,
    Between,
    Clause,
    Everything,
    Group,
    Ids,
    Keys,
    Phrase,
    Raised,
    Term,
    Timed,
    any_of,
    best,
)
from search.contract import SearchQuery, When
from search.indexed import instant, key_value
from search.rules import UNDECIDED, Decision, Expansion, Words
from search.sought import Sought, SoughtWord

OSLO = ZoneInfo("Europe/Oslo")

RECENT = ((365, 1.0), (3 * 365, 0.5))
"""Days since a page's date (an event's may be yet to come), and how much of the gain it then has."""


@dataclass(frozen=True, slots=True)
class Plan:
    """
    ranking  gives the score; None: nothing to rank by
    fixed    what every document has to match
    filters  by a key's field or the name of a part of the query, so that each can be left out
    pinned   ids that match whatever they say, where they pass the filters
    hidden   ids that never match
    """

    ranking: Clause | None
    fixed: tuple[Clause, ...]
    filters: dict[str, Clause]
    pinned: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()

    def clause(
        self, without: str | None = None, besides: tuple[Clause, ...] = (), never: tuple[int, ...] = ()
    ) -> Clause:
        """What matches: without the filter of one field, with these besides, and never these documents."""
        ranking = self.ranking and any_of(self.ranking, *((Ids(self.pinned),) if self.pinned else ()))
        filters = (each for field, each in self.filters.items() if field != without)
        left_out = (*self.hidden, *never)
        return Group(
            must=(ranking,) if ranking else (),
            filters=(*self.fixed, *filters, *besides),
            never=(Ids(left_out),) if left_out else (),
        )


def plan(query: SearchQuery, ranking: Clause | None, decision: Decision = UNDECIDED) -> Plan:
    day = (query.now or datetime.now(UTC)).astimezone(OSLO).date()
    return Plan(
        ranking,
        (on_site(query.site),),
        {field: keys(field, values) for field, values in query.keys} | _dates(query),
        decision.pinned_on(day),
        decision.hidden_on(day),
    )


def raised(ranking: Clause, query: SearchQuery) -> Clause:
    """The same documents, recent ones with a higher score; the same all day long, so that pages of results fit."""
    if not query.recency:
        return ranking
    today = (query.now or datetime.now(UTC)).astimezone(OSLO).date()
    by = ((_midnight(today - timedelta(days=days)), 1 + query.recency * share) for days, share in RECENT)
    return Raised(ranking, tuple((Between("starts", lower=since), factor) for since, factor in by))


def on_site(site: int) -> Clause:
    return keys("site", [str(site)])


def keys(field: str, values: Iterable[str]) -> Clause:
    """Documents that have one of the values."""
    return Keys(field, tuple(key_value(value) for value in values))


def question(sought: Sought) -> Clause:
    """The more words the better; phrases have to be there, excluded words may not."""
    should = tuple(clause for each in sought.words for clause in word_clauses(each, sought)) + _of_several_words(sought)
    if not (should or sought.phrases or sought.excluded):
        return NOTHING
    needed = required(sought)
    return Group(should=should, must=needed.must if sought.phrases or not should else (), never=needed.never)


def required(sought: Sought) -> Group:
    """What is asked for besides words that may be there or not."""
    must = tuple(phrase(each) for each in sought.phrases)
    return Group(must=must or (Everything(),), never=tuple(phrase(each) for each in sought.excluded))


def word(text: str) -> Clause:
    """Documents with a word, whatever its inflection, as a part of a compound as well."""
    return best(*_terms(analysis.lookup(text), 1.0))


def phrase(words: tuple[str, ...]) -> Clause:
    """The words as they are, one after another, but for their inflection."""
    if len(words) == 1:
        return best(*(Term("words", term) for term in analysis.lookup(words[0]).terms))
    return best(*(Phrase(terms) for terms in analysis.phrase_lookups(words)))


def word_clauses(word: SoughtWord, sought: Sought) -> Iterator[Clause]:
    options = _terms(word.lookup, 1.0)
    for correction in word.corrections:
        options += _terms(analysis.lookup(correction), analysis.CORRECTED)
    options += [option for each in sought.expansions if each.words == (word.text,) for option in synonyms(each)]
    yield best(*options)
    for part in word.lookup.parts:
        yield Term("words", part, analysis.OWN_PART)
        yield Term("parts", part, analysis.OWN_PART_IN_PART)


def _of_several_words(sought: Sought) -> tuple[Clause, ...]:
    return tuple(best(*synonyms(each)) for each in sought.expansions if len(each.words) > 1)


def synonyms(expansion: Expansion) -> list[Clause]:
    found = [_synonym(words) for words in expansion.others]
    if not expansion.language:
        return found
    written_in = keys("language", [expansion.language])
    return [Group(must=(each,), filters=(written_in,)) for each in found]


def _synonym(words: Words) -> Clause:
    """Several words have to stand one after another, and count no more than one."""
    if len(words) == 1:
        return best(*_terms(analysis.lookup(words[0]), analysis.SYNONYM))
    weight = analysis.SYNONYM / len(words)
    each = (best(*(Term("words", term, weight) for term in analysis.lookup(word).terms)) for word in words)
    return Group(should=tuple(each), filters=(phrase(words),))


def _terms(lookup: Lookup, weight: float) -> list[Clause]:
    return [
        *(Term("words", term, weight) for term in lookup.terms),
        *(Term("parts", term, weight * analysis.PART) for term in lookup.terms),
        *(Term("parts", stem, weight * analysis.STEM) for stem in lookup.stems),
    ]


def _dates(query: SearchQuery) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    if query.date_from:
        # What ends at midnight does not reach into the day, what begins there does.
        first = _midnight(query.date_from)
        found["date_from"] = any_of(Between("ends", lower=first + 1), Between("starts", lower=first))
    if query.date_to and query.date_to < date.max:
        found["date_to"] = Between("starts", upper=_midnight(query.date_to + timedelta(days=1)) - 1)
    if query.when:
        now = instant(query.now or datetime.now(UTC))
        found["when"] = Group(filters=(any_of(*(_when(each, now) for each in query.when)), Timed()))
    return found


def _when(when: When, now: int) -> Clause:
    if when == "past":
        return Between("ends", upper=now)
    if when == "upcoming":
        return Between("starts", lower=now + 1)
    return Group(filters=(Between("starts", upper=now), Between("ends", lower=now + 1)))


def _midnight(day: date) -> int:
    return instant(datetime.combine(day, time.min, tzinfo=OSLO))
