"""Calendars: the filters of a list. A calendar has no order, no pages, and no keys to choose."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.utils import timezone

from cms.api.lists import ListRequest, list_parameters, parse_list
from cms.api.parameters import Parameter, read
from cms.content import times
from cms.publishing.reads import ListQuery
from cms.publishing.spans import years
from cms.publishing.syndication import Removed

KNOWN_OF_REMOVED = frozenset({"under", "locale", "language", "year"})


@cache
def calendar_parameters(types: tuple[str, ...]) -> tuple[Parameter, ...]:
    return tuple(each for each in list_parameters(types) if each.name not in ("fields", "order", "cursor"))


def parse_calendar(query: str, types: tuple[str, ...], host: str) -> ListRequest:
    """Latest events first, so that the oldest are left out of too long a calendar. Raises ProblemError, NotBuilt."""
    read(calendar_parameters(types), query)
    return parse_list(query, types, host, order="latest")


def passes(row: Removed, query: ListQuery) -> bool:
    """Whether a removed page passed the filters, as far as that is still known; otherwise no."""
    keys = dict(query.keys)
    if not keys.keys() <= KNOWN_OF_REMOVED:
        return False
    known = {"locale": [row.locale], "language": [row.language], "year": years(row.date_start, row.date_end)}
    return (
        all(not set(known[name]).isdisjoint(values) for name, values in keys.items() if name != "under")
        and all(row.path.startswith(above) and row.path != above for above in keys.get("under", ()))
        and (not query.date_from or row.date_end > times.midnight(query.date_from))
        and (not query.date_to or row.date_start < times.midnight(query.date_to + timedelta(days=1)))
        and (not query.when or _phase(row, timezone.now()) in query.when)
    )


def _phase(row: Removed, now: datetime) -> str:
    if now < row.date_start:
        return "upcoming"
    return "now" if now < row.date_end else "past"
