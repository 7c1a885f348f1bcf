"""The SQL of lists, made without the ORM: a list is the first rows of one or more branches, each in the list's order.

The same text runs on SQLite and PostgreSQL.
"""

# ruff: noqa: S608
# What is put into the texts are names and operators of this package; all values are parameters.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from cms.publishing.prepared import fetch
from cms.publishing.spans import Bound, Condition

DOCUMENT = '"publishing_document"'
KEY = '"publishing_documentkey"'


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of ``source``, of which ``place`` and ``id`` are the columns that order them.

    bounds    of the place, beside ``where``
    repeated  whether a document may be there more than once
    """

    source: Condition
    place: str
    id: str
    where: tuple[Condition, ...] = ()
    bounds: tuple[Bound, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of a list begins: behind the row at ``place`` with ``id``."""

    place: object
    id: int


def page(
    branches: Sequence[Branch], columns: Sequence[str], descending: bool, after: After | None, limit: int
) -> list[tuple[Any, ...]]:
    """``columns`` of the first documents of all branches together, and their place as the last column."""
    parts = [_first(branch, descending, after, limit) for branch in branches]
    union = " UNION ".join(f"SELECT place, id FROM ({text}) b{number}" for number, (text, _) in enumerate(parts))
    way = "DESC" if descending else "ASC"
    inner = f"SELECT place, id FROM ({union}) u ORDER BY place {way}, id {way} LIMIT {limit:d}"
    shown = ", ".join(f"d.{name}" for name in columns)
    text = (
        f"SELECT {shown}, s.place FROM ({inner}) s JOIN {DOCUMENT} d ON d.id = s.id ORDER BY s.place {way}, s.id {way}"
    )
    found = rows(text, [each for _, parameters in parts for each in parameters])
    moments = [place for place, name in enumerate(columns) if name in ("changed_at", "fresh_until")]
    if branches[0].place != "d.sort_title":
        moments.append(len(columns))
    return _with_moments(found, moments)


def first_places(branches: Sequence[Branch]) -> list[datetime]:
    """The lowest place of each branch that has any row; places are moments."""
    parts = [_first(branch, False, None, 1) for branch in branches]
    union = " UNION ".join(f"SELECT place FROM ({text}) b{number}" for number, (text, _) in enumerate(parts))
    found = rows(union, [each for _, parameters in parts for each in parameters])
    return [place for (place,) in _with_moments(found, [0])]


def sizes(sources: Sequence[Condition], most: int) -> list[int]:
    """How many rows each query has, counted up to ``most``."""
    counts = [f"(SELECT count(*) FROM ({text} LIMIT {most:d}) c{number})" for number, (text, _) in enumerate(sources)]
    found = rows(f"SELECT {', '.join(counts)}", [each for _, parameters in sources for each in parameters])
    return list(found[0])


def rows(text: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    connection = connections[DEFAULT_DB_ALIAS]
    adapt = connection.ops.adapt_datetimefield_value
    values: list[Any] = [adapt(each) if isinstance(each, datetime) else each for each in parameters]
    return fetch(connection, text, values)


def _with_moments(found: list[tuple[Any, ...]], places: Sequence[int]) -> list[tuple[Any, ...]]:
    """SQLite keeps moments as texts, in UTC, and knows them for such only where they are a table's own column."""
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        return found
    return [tuple(_moment(each) if place in places else each for place, each in enumerate(row)) for row in found]


def _moment(value: Any) -> datetime | None:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment else None


def selection(branch: Branch) -> Condition:
    """The branch's documents in no order: a query of their ids."""
    text, parameters = _filtered(branch, [(f"{branch.place} {operator} %s", (at,)) for operator, at in branch.bounds])
    return f"SELECT {branch.id} AS id FROM {text}", parameters


def _first(branch: Branch, descending: bool, after: After | None, limit: int) -> Condition:
    bounds, after = _beginning(branch.bounds, descending, after)
    more: list[Condition] = [(f"{branch.place} {operator} %s", (moment,)) for operator, moment in bounds]
    if after:
        more.append((f"({branch.place}, {branch.id}) {'<' if descending else '>'} (%s, %s)", (after.place, after.id)))
    text, parameters = _filtered(branch, more)
    way = "DESC" if descending else "ASC"
    order = f"{branch.place} {way}, {branch.id} {way}"
    columns = f"{'DISTINCT ' if branch.repeated else ''}{branch.place} AS place, {branch.id} AS id"
    return f"SELECT {columns} FROM {text} ORDER BY {order} LIMIT {limit:d}", parameters


def _beginning(bounds: Sequence[Bound], descending: bool, after: After | None) -> tuple[list[Bound], After | None]:
    """Only the nearer of bound and cursor: given both, SQLite follows the index from either of them."""
    if after is None or not isinstance(after.place, datetime):
        return list(bounds), after
    side = [bound for bound in bounds if bound[0].startswith("<" if descending else ">")]
    if any(_passed(bound, after.place) for bound in side):
        return list(bounds), None
    return [bound for bound in bounds if bound not in side], after


def _passed(bound: Bound, place: datetime) -> bool:
    """Whether the place lies outside the bound, so that all rows within come after it."""
    operator, moment = bound
    return {
        "<": place >= moment,
        "<=": place > moment,
        ">": place <= moment,
        ">=": place < moment,
    }[operator]


def _filtered(branch: Branch, more: Sequence[Condition]) -> Condition:
    source, parameters = branch.source
    conditions = [*branch.where, *more]
    where = f" WHERE {' AND '.join(text for text, _ in conditions)}" if conditions else ""
    return f"{source}{where}", (*parameters, *(each for _, given in conditions for each in given))
