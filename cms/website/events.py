"""What an event's document does not say because it depends on the hour it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Literal

from cms.content.times import OSLO

Phase = Literal["upcoming", "now", "past", ""]
Registration = Literal["open", "full", "closed", ""]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a programme: its date and its items in their order."""

    date: str
    items: list[dict[str, Any]]


def phase(event: dict[str, Any], now: datetime) -> Phase:
    """Without an end, an event lasts to the end of its first day; a draft without start has no phase."""
    if not event.get("start"):
        return ""
    start = _begins(event["start"])
    if now < start:
        return "upcoming"
    end = event.get("end")
    return "now" if now < (_ends(end) if end else _ends(event["start"][:10])) else "past"


def registration(event: dict[str, Any], now: datetime) -> Registration:
    """Whether one can still register; empty when the event has no registration or is over."""
    if not event.get("registration_url") or event.get("status") == "cancelled" or phase(event, now) == "past":
        return ""
    deadline = event.get("registration_deadline")
    if deadline and now >= _ends(deadline):
        return "closed"
    return "full" if event.get("registration_full") else "open"


def is_over(moment: str, now: datetime) -> bool:
    """Whether a deadline has passed: a day lasts to its end."""
    return now >= _ends(moment)


def days(programme: Iterable[dict[str, Any]]) -> list[Day]:
    """The programme by day; ``date`` is always there, except in a draft that is not valid yet."""
    return [Day(day, list(items)) for day, items in groupby(programme, key=lambda item: item.get("date") or "")]


def _begins(moment: str) -> datetime:
    if "T" in moment:
        return datetime.fromisoformat(moment)
    return datetime.combine(date.fromisoformat(moment), time.min, OSLO)


def _ends(moment: str) -> datetime:
    if "T" in moment:
        return datetime.fromisoformat(moment)
    return datetime.combine(date.fromisoformat(moment) + timedelta(days=1), time.min, OSLO)
