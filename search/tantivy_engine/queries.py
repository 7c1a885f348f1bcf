"""Turns a SearchQuery into tantivy's queries. Terms are looked up exactly; no query syntax reaches the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import tantivy
from tantivy import FieldType, Occur, Query

from search import analysis
from search.contract import SearchQuery, When
from search.question import Question
from search.tantivy_engine.documents import FIELD_NAME, key_value, seconds

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


def question(schema: tantivy.Schema, asked: Question) -> Query:
    """The more words the better; phrases have to be there, excluded words may not."""
    clauses = [(Occur.Should, word(schema, each)) for each in asked.words]
    clauses += [(Occur.Must, phrase(schema, each)) for each in asked.phrases]
    if not clauses and asked.excluded:
        clauses = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
    clauses += [(Occur.MustNot, phrase(schema, each)) for each in asked.excluded]
    return Query.boolean_query(clauses)


def word(schema: tantivy.Schema, text: str) -> Query:
    options = [
        Query.boost_query(Query.term_query(schema, "words", term), weight) for term, weight in analysis.lookups(text)
    ]
    return options[0] if len(options) == 1 else Query.disjunction_max_query(options)


def phrase(schema: tantivy.Schema, words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        return word(schema, words[0])
    options = [Query.phrase_query(schema, "words", list(terms)) for terms in analysis.phrase_lookups(words)]
    return options[0] if len(options) == 1 else Query.disjunction_max_query(options)


def _dates(schema: tantivy.Schema, query: SearchQuery) -> Iterable[Query]:
    if query.date_from:
        yield _range(schema, "ends", lower=_midnight(query.date_from))
    if query.date_to:
        try:
            end = _midnight(query.date_to + timedelta(days=1))
        except OverflowError:  # the last day of the calendar
            end = None
        if end:
            yield _range(schema, "starts", upper=end - timedelta(seconds=1))
    if query.when:
        now = query.now or datetime.now(UTC)
        any_of = [(Occur.Should, _when(schema, each, now)) for each in query.when]
        yield Query.boolean_query(any_of)
        yield Query.term_query(schema, "timed", True)


def _when(schema: tantivy.Schema, when: When, now: datetime) -> Query:
    second = timedelta(seconds=1)
    if when == "past":
        return _range(schema, "ends", upper=now - second)
    if when == "upcoming":
        return _range(schema, "starts", lower=now + second)
    begun, not_over = _range(schema, "starts", upper=now), _range(schema, "ends", lower=now)
    return Query.boolean_query([(Occur.Must, begun), (Occur.Must, not_over)])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=OSLO)


def _range(
    schema: tantivy.Schema, field: str, *, lower: datetime | None = None, upper: datetime | None = None
) -> Query:
    """Both ends inclusive, in whole seconds."""
    return Query.range_query(
        schema,
        field,
        FieldType.Integer,
        lower_bound=None if lower is None else seconds(lower),
        upper_bound=None if upper is None else seconds(upper),
    )
