"""Turns clauses into Elasticsearch's queries. Terms are looked up exactly; no query syntax reaches the engine."""

from __future__ import annotations

from collections.abc import Iterable

from elasticsearch_dsl import SF, Q
from elasticsearch_dsl.query import Query

from search.clauses import AnyTerm, Best, Between, Clause, Everything, Group, Ids, Keys, Phrase, Raised, Term, Timed
from search.indexed import FIELD_NAME, NO_TERM

NOTHING = Q("match_none")
COUNTED = Q("term", words=NO_TERM)
"""Beside a phrase: shards that have none of its words would otherwise not count as documents that lack them. What has
this term has no other, so the score stays."""


def compiled(clause: Clause) -> Query:
    match clause:
        case Term(field, term, boost):
            return Q("term", **{field: {"value": term, "boost": boost}})
        case Phrase(terms):
            # Split at white space again, which no term has.
            found = Q("match_phrase", words=" ".join(terms))
            return Q("bool", must=[found], should=[COUNTED])
        case Best(options):
            return Q("dis_max", queries=_each(options))
        case Raised(raised, by):
            factors = [SF({"filter": compiled(range_), "weight": factor}) for range_, factor in by]
            return Q("function_score", query=compiled(raised), functions=factors, score_mode="max")
        case Group():
            return _group(clause)
        case _:
            return Q("bool", filter=[_unscored(clause)])


def _group(group: Group) -> Query:
    if not (group.should or group.must or group.filters):
        return NOTHING  # where Elasticsearch would take all that is not in `never`
    return Q(
        "bool",
        should=_each(group.should),
        must=_each(group.must),
        filter=_each(group.filters),
        must_not=_each(group.never),
    )


def _each(clauses: Iterable[Clause]) -> list[Query]:
    return [compiled(clause) for clause in clauses]


def _unscored(clause: AnyTerm | Keys | Ids | Timed | Between | Everything) -> Query:
    match clause:
        case AnyTerm(name, terms):
            return Q("terms", **{name: list(terms)})
        case Keys(field, values):
            return Q("terms", **{f"keys.{field}": list(values)}) if FIELD_NAME.fullmatch(field) else NOTHING
        case Ids(ids):
            return Q("terms", id=list(ids))
        case Timed():
            return Q("term", timed=True)
        case Between(field, lower, upper):
            return Q("range", **{field: {"gte": lower, "lte": upper}})
        case Everything():
            return Q("exists", field="id")  # a tombstone has none
