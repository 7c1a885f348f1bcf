"""Lists of documents by filters, in an order, a page at a time; reads only the publishing tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.content import times
from cms.plugins import registry
from cms.publishing.models import Document, DocumentKey


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


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A live document as it is served: finished JSON bytes and what HTTP needs to know of them."""

    id: int
    type: str
    locale: str
    language: str
    path: str
    version: int
    etag: str
    last_modified: datetime
    detail: bytes
    summary: bytes


COLUMNS = ("id", "type", "locale", "language", "path", "version", "etag", "changed_at", "detail", "summary")


@dataclass(frozen=True, slots=True)
class ListResult:
    rows: list[DocumentRow]
    next: Cursor | None
    previous: Cursor | None


def list_documents(query: ListQuery, detail: bool = False) -> ListResult:
    """One SQL query. Without ``detail`` the rows carry only summaries."""
    order = ORDERS[query.order]
    cursor = query.cursor
    descending = order.descending != bool(cursor and cursor.backward)
    rows = _filtered(query)
    if cursor is not None:
        value = parse_datetime(cursor.value) if order.field != "sort_title" else cursor.value
        side = "lt" if descending else "gt"
        rows = rows.filter(Q(**{f"{order.field}__{side}": value}) | Q(**{order.field: value, f"id__{side}": cursor.id}))
    sign = "-" if descending else ""
    columns = COLUMNS if detail else tuple(name for name in COLUMNS if name != "detail")
    found = list(
        rows.order_by(f"{sign}{order.field}", f"{sign}id").values_list(*columns, order.field)[: query.limit + 1]
    )
    more = len(found) > query.limit
    found = found[: query.limit]
    if cursor and cursor.backward:
        found.reverse()
    forward, backward = (bool(cursor), more) if cursor and cursor.backward else (more, bool(cursor))
    return ListResult(
        [row_of(values[:-1], detail) for values in found],
        next=_cursor(found[-1], False) if found and forward else None,
        previous=_cursor(found[0], True) if found and backward else None,
    )


def _cursor(values: Any, backward: bool) -> Cursor:
    place = values[-1]
    return Cursor(place.isoformat() if isinstance(place, datetime) else place, values[0], backward)


def row_of(values: Any, detail: bool) -> DocumentRow:
    """A row of COLUMNS (without ``detail`` where it was not asked for)."""
    *head, last = values
    if detail:
        return DocumentRow(*(*head[:8], bytes(head[8]), bytes(last)))
    return DocumentRow(*(*head, b"", bytes(last)))


def _filtered(query: ListQuery) -> Any:
    rows = Document.objects.filter(site_id=query.site_id, removed_at=None)
    types = query.types
    if query.when:
        dated = tuple(name for name, each in registry.content_types().items() if each.spec.dates)
        types = tuple(name for name in types or dated if name in dated) or ("",)
        rows = rows.filter(_when(query.when, timezone.now()))
    if types:
        rows = rows.filter(type__in=types)
    for field, values in query.keys:
        keys = DocumentKey.objects.filter(
            site_id=query.site_id, type="", field=field, value__in=values, document_id=OuterRef("pk")
        )
        rows = rows.filter(Exists(keys))
    if query.date_from:
        first = times.midnight(query.date_from)
        rows = rows.filter(Q(date_end__gt=first) | Q(date_start__gte=first))
    if query.date_to:
        rows = rows.filter(date_start__lt=times.midnight(query.date_to + timedelta(days=1)))
    return rows


def _when(wanted: tuple[str, ...], now: datetime) -> Q:
    conditions = {
        "past": Q(date_end__lte=now),
        "now": Q(date_start__lte=now, date_end__gt=now),
        "upcoming": Q(date_start__gt=now),
    }
    condition = Q(pk__in=[])
    for each in wanted:
        condition |= conditions[each]
    return condition
