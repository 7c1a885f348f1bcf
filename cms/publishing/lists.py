"""Lists of documents by filters, in an order, a page at a time; reads only the publishing tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.publishing import list_plan, list_sql
from cms.publishing.list_sql import After, Branch
from cms.publishing.spans import span_of


class Order(NamedTuple):
    """A column and its direction; ties by id in the same direction."""

    field: str
    descending: bool


ORDERS = {
    "newest": Order("published_at", True),
    "oldest": Order("published_at", False),
    "title": Order("sort_title", False),
    "soonest": Order("date_start", False),
    "latest": Order("date_start", True),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: the value and id of the row that the next page begins after (or ends before)."""

    value: str
    id: int
    backward: bool = False


@dataclass(frozen=True, slots=True)
class ListQuery:
    """``keys``: (field, values), OR within, AND between. Days are inclusive, in Europe/Oslo."""

    site_id: int
    types: tuple[str, ...] = ()
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    when: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    order: str = "newest"
    limit: int = 20
    cursor: Cursor | None = None


class DocumentRow(NamedTuple):
    """A live document as it is served: finished JSON bytes and what HTTP needs to know of them."""

    id: int
    type: str
    locale: str
    language: str
    path: str
    version: int
    etag: str
    last_modified: datetime
    fresh_until: datetime | None
    detail: bytes
    summary: bytes


COLUMNS = (
    *("id", "type", "locale", "language", "path", "version", "etag", "changed_at", "fresh_until"),
    *("detail", "summary"),
)


class ShownRow(NamedTuple):
    """What a list shows of a live document: finished JSON, and when it changes by itself."""

    id: int
    fresh_until: datetime | None
    json: bytes


Row = TypeVar("Row", DocumentRow, ShownRow)


@dataclass(frozen=True, slots=True)
class ListResult(Generic[Row]):
    rows: list[Row]
    next: Cursor | None
    previous: Cursor | None


def list_documents(query: ListQuery, detail: bool = False) -> ListResult[DocumentRow]:
    """One SQL query; a second one where several filters are compared. Without ``detail`` rows carry only summaries."""
    return _list(query, columns(detail), lambda values: row_of(values, detail))


def list_shown(query: ListQuery, detail: bool = False) -> ListResult[ShownRow]:
    """The same with as little as the API needs."""
    return _list(query, ("id", "fresh_until", "detail" if detail else "summary"), ShownRow._make)


def _list(query: ListQuery, columns: Sequence[str], make: Callable[[Sequence[Any]], Row]) -> ListResult[Row]:
    order, cursor = ORDERS[query.order], query.cursor
    branches = _branches(query)
    if not branches:
        return ListResult([], None, None)
    after = After(_place(order.field, cursor.value), cursor.id) if cursor else None
    backward = bool(cursor and cursor.backward)
    found = list_sql.page(branches, columns, order.descending != backward, after, query.limit + 1)
    more = len(found) > query.limit
    found = found[: query.limit]
    if backward:
        found.reverse()
    forward, before = (True, more) if backward else (more, bool(cursor))
    return ListResult(
        [make(values[:-1]) for values in found],
        next=_cursor(found[-1], False) if found and forward else None,
        previous=_cursor(found[0], True) if found and before else None,
    )


def next_boundary(site_id: int) -> datetime | None:
    """When next any dated page begins or ends: until then, lists of what is past, now or upcoming stay as they are."""
    return list_plan.next_boundary(site_id, timezone.now())


def _branches(query: ListQuery) -> list[Branch]:
    types = query.types
    if query.when:
        dated = list_plan.dated_types()
        types = tuple(name for name in types or dated if name in dated)
        if not types:
            return []
    span = span_of(query.date_from, query.date_to, set(query.when), timezone.now())
    return list_plan.PLANNERS[ORDERS[query.order].field](query.site_id, types, query.keys, span)


def _place(field: str, value: str) -> object:
    return value if field == "sort_title" else parse_datetime(value)


def _cursor(values: Any, backward: bool) -> Cursor:
    place = values[-1]
    return Cursor(place.isoformat() if isinstance(place, datetime) else place, values[0], backward)


def columns(detail: bool) -> tuple[str, ...]:
    return COLUMNS if detail else tuple(name for name in COLUMNS if name != "detail")


def row_of(values: Any, detail: bool) -> DocumentRow:
    """A row of ``columns(detail)``."""
    return DocumentRow._make(values if detail else (*values[:-1], b"", values[-1]))
