"""Which days a list is about: conditions on the start and end of its documents, in a form that an index can follow.

What overlaps a moment began before it, nobody knows how long before. So each document is filed by how long it lasts at
most: of those that last up to eight days, only the starts of the last eight days have to be looked through.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cms.content import times

REACHES = (timedelta(days=1), timedelta(days=8), timedelta(days=64), timedelta(days=512), None)
"""Class → how long its documents last at most by the clock, which may have been set back; None: longer than these."""

MOST_YEARS = 100
"""Of one document; an end that was mistyped must not file it thousands of times."""

Bound = tuple[str, datetime]
"""An operator and a moment: ``("<", midnight)``."""
Condition = tuple[str, tuple[object, ...]]
"""SQL and its parameters."""


def reach_of(start: datetime, end: datetime) -> int:
    """
    >>> reach_of(datetime(2026, 3, 1, 9), datetime(2026, 3, 3, 16))
    1
    """
    return next(place for place, longest in enumerate(REACHES) if longest is None or end - start <= longest)


def years(start: datetime, end: datetime) -> list[str]:
    """Those that it lasts into, in Europe/Oslo; at midnight it is over."""
    first = start.astimezone(times.OSLO).year
    last = max(start, end - timedelta(microseconds=1)).astimezone(times.OSLO).year
    return [str(year) for year in range(first, min(last, first + MOST_YEARS - 1) + 1)]


@dataclass(frozen=True, slots=True)
class Span:
    """What a document's dates must be.

    starts     bounds of its start
    since      and it begins after this, by the operator, or has not ended then
    condition  all of it, as SQL on a row ``d`` of documents
    ends       whether bounds of the start, with ``since``, leave more than ``condition`` does
    """

    starts: tuple[Bound, ...] = ()
    since: Bound | None = None
    condition: Condition = ("", ())
    ends: bool = False

    def _and(self, sql: str, *moments: datetime) -> Span:
        text, parameters = self.condition
        return replace(self, condition=(f"{text} AND {sql}" if text else sql, (*parameters, *moments)))

    def starting(self, operator: str, moment: datetime) -> Span:
        return replace(self, starts=(*self.starts, (operator, moment)))._and(f"d.date_start {operator} %s", moment)

    def not_over(self, operator: str, moment: datetime) -> Span:
        """Begins after the moment (">") or at it as well (">="), or ends after it."""
        since = max(self.since or (operator, moment), (operator, moment), key=lambda bound: bound[1])
        more = replace(self, since=since, ends=self.ends or self.since is not None)
        return more._and(f"(d.date_start {operator} %s OR d.date_end > %s)", moment, moment)


def span_of(date_from: date | None, date_to: date | None, when: Set[str], now: datetime) -> Span | None:
    """None: whatever the dates are. Days are inclusive, in Europe/Oslo."""
    span = Span()
    if date_from:
        span = span.not_over(">=", times.midnight(date_from))
    if date_to:
        span = span.starting("<", times.midnight(date_to + timedelta(days=1)))
    match sorted(when):
        case ["past"]:
            span = replace(span.starting("<=", now)._and("d.date_end <= %s", now), ends=True)
        case ["now"]:
            span = span.not_over(">", now).starting("<=", now)
        case ["upcoming"]:
            span = span.starting(">", now)
        case ["now", "past"]:
            span = span.starting("<=", now)
        case ["now", "upcoming"]:
            span = span.not_over(">", now)
        case ["past", "upcoming"]:
            span = replace(span._and("(d.date_end <= %s OR d.date_start > %s)", now, now), ends=True)
    return span if span != Span() else None
