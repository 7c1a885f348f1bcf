"""Turns a SearchQuery into tantivy's queries. Terms are looked up exactly; no query syntax reaches the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import tantivy
from tantivy import FieldType, Occur, Query

from search import analysis
from search.contract import SearchQuery, When
from search.sought import Sought, SoughtWord
from search.tantivy_engine.documents import FIELD_NAME, instant, key_value

OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Compiled:
    """
    ranking  gives the score; None: nothing to rank by
    filters  by field, so that a facet can leave out its own
    """

    ranking: Query | None
    fixed: tuple[Query, ...]
    filters: dict[str, Query]

    def query(self, without: str | None = None) -> Query:
        filters = (each for field, each in self.filters.items() if field != without)
        clauses = [(Occur.Must, Query.const_score_query(each, 0.0)) for each in (*self.fixed, *filters)]
        if self.ranking is not None:
            clauses.insert(0, (Occur.Must, self.ranking))
        return Query.boolean_query(clauses)


def compiled(schema: tantivy.Schema, query: SearchQuery, ranking: Query | None) -> Compiled:
    return Compiled(
        ranking,
        (key(schema, "site", [str(query.site)]), *_dates(schema, query)),
        {field: key(schema, field, values) for field, values in query.keys},
    )


def key(schema: tantivy.Schema, field: str, values: Iterable[str]) -> Query:
    """Documents that have one of the values."""
    if not FIELD_NAME.fullmatch(field):
        return Query.empty_query()
    return Query.term_set_query(schema, f"keys.{field}", [key_value(value) for value in values])


def question(schema: tantivy.Schema, sought: Sought) -> Query:
    """The more words the better; phrases have to be there, excluded words may not."""
    clauses = [(Occur.Should, clause) for each in sought.words for clause in _word(schema, each)]
    clauses += [(Occur.Must, phrase(schema, each)) for each in sought.phrases]
    if not clauses and sought.excluded:
        clauses = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
    clauses += [(Occur.MustNot, phrase(schema, each)) for each in sought.excluded]
    return Query.boolean_query(clauses)


def word(schema: tantivy.Schema, text: str) -> Query:
    """Documents with a word, whatever its inflection, as a part of a compound as well."""
    return _best(_terms(schema, analysis.lookup(text).terms, 1.0))


def phrase(schema: tantivy.Schema, words: tuple[str, ...]) -> Query:
    """The words as they are, one after another, but for their inflection."""
    if len(words) == 1:
        return _best([Query.term_query(schema, "words", term) for term in analysis.lookup(words[0]).terms])
    return _best([Query.phrase_query(schema, "words", list(terms)) for terms in analysis.phrase_lookups(words)])


def _word(schema: tantivy.Schema, sought: SoughtWord) -> Iterator[Query]:
    options = _terms(schema, sought.lookup.terms, 1.0)
    for correction in sought.corrections:
        options += _terms(schema, analysis.lookup(correction).terms, analysis.CORRECTED)
    yield _best(options)
    for part in sought.lookup.parts:
        yield _boosted(schema, "words", part, analysis.OWN_PART)
        yield _boosted(schema, "parts", part, analysis.OWN_PART_IN_PART)


def _terms(schema: tantivy.Schema, terms: Iterable[str], weight: float) -> list[Query]:
    fields = (("words", weight), ("parts", weight * analysis.PART))
    return [_boosted(schema, field, term, boost) for term in terms for field, boost in fields]


def _boosted(schema: tantivy.Schema, field: str, term: str, boost: float) -> Query:
    return Query.boost_query(Query.term_query(schema, field, term), boost)


def _best(options: list[Query]) -> Query:
    return options[0] if len(options) == 1 else Query.disjunction_max_query(options)


def _dates(schema: tantivy.Schema, query: SearchQuery) -> Iterable[Query]:
    if query.date_from:
        # What ends at midnight does not reach into the day, what begins there does.
        first = _midnight(query.date_from)
        yield _any(_range(schema, "ends", lower=first + 1), _range(schema, "starts", lower=first))
    if query.date_to and query.date_to < date.max:
        yield _range(schema, "starts", upper=_midnight(query.date_to + timedelta(days=1)) - 1)
    if query.when:
        now = instant(query.now or datetime.now(UTC))
        yield _any(*(_when(schema, each, now) for each in query.when))
        yield Query.term_query(schema, "timed", True)


def _when(schema: tantivy.Schema, when: When, now: int) -> Query:
    if when == "past":
        return _range(schema, "ends", upper=now)
    if when == "upcoming":
        return _range(schema, "starts", lower=now + 1)
    begun, not_over = _range(schema, "starts", upper=now), _range(schema, "ends", lower=now + 1)
    return begun.and_must_match(not_over)


def _any(*options: Query) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in options])


def _midnight(day: date) -> int:
    return instant(datetime.combine(day, time.min, tzinfo=OSLO))


def _range(schema: tantivy.Schema, field: str, *, lower: int | None = None, upper: int | None = None) -> Query:
    """Both ends inclusive, in microseconds."""
    return Query.range_query(schema, field, FieldType.Integer, lower_bound=lower, upper_bound=upper)
