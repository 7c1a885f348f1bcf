"""Turns clauses into tantivy's queries. Terms are looked up exactly; no query syntax reaches the engine."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import FieldType, Occur, Query

from search.clauses import AnyTerm, Best, Between, Clause, Everything, Group, Ids, Keys, Phrase, Raised, Term, Timed
from search.indexed import FIELD_NAME


def compiled(schema: tantivy.Schema, clause: Clause) -> Query:
    match clause:
        case Term(field, term, boost):
            return Query.boost_query(Query.term_query(schema, field, term), boost)
        case Phrase(terms):
            return Query.phrase_query(schema, "words", list(terms))
        case Best(options):
            return Query.disjunction_max_query([compiled(schema, each) for each in options])
        case Raised(raised, by):
            query = compiled(schema, raised)
            return Query.disjunction_max_query([query, *(_within(schema, query, *each) for each in by)])
        case Group():
            return _group(schema, clause)
        case _:
            return Query.const_score_query(_unscored(schema, clause), 0.0)


def _group(schema: tantivy.Schema, group: Group) -> Query:
    def each(occur: Occur, clauses: Iterable[Clause]) -> list[tuple[Occur, Query]]:
        return [(occur, compiled(schema, clause)) for clause in clauses]

    clauses = each(Occur.Must, group.must)
    clauses += [(Occur.Must, Query.const_score_query(compiled(schema, clause), 0.0)) for clause in group.filters]
    return Query.boolean_query([*each(Occur.Should, group.should), *clauses, *each(Occur.MustNot, group.never)])


def _within(schema: tantivy.Schema, query: Query, range_: Between, factor: float) -> Query:
    inside = Query.const_score_query(_unscored(schema, range_), 0.0)
    return Query.boolean_query([(Occur.Must, Query.boost_query(query, factor)), (Occur.Must, inside)])


def _unscored(schema: tantivy.Schema, clause: AnyTerm | Keys | Ids | Timed | Between | Everything) -> Query:
    match clause:
        case AnyTerm(name, terms):
            return Query.term_set_query(schema, name, list(terms))
        case Keys(field, values):
            if not FIELD_NAME.fullmatch(field):
                return Query.empty_query()
            if len(values) == 1:
                # walks along with the rest of the query, while a set is looked through to its end beforehand
                return Query.term_query(schema, f"keys.{field}", values[0])
            return Query.term_set_query(schema, f"keys.{field}", list(values))
        case Ids(ids):
            return Query.term_set_query(schema, "id", list(ids))
        case Timed():
            return Query.term_query(schema, "timed", True)
        case Between(field, lower, upper):
            return Query.range_query(schema, field, FieldType.Integer, lower_bound=lower, upper_bound=upper)
        case Everything():
            return Query.all_query()
