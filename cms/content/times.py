"""Instants, days and vaguer dates as strings, always in Europe/Oslo."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import overload
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@overload
def instant(moment: datetime) -> str: ...
@overload
def instant(moment: None) -> None: ...
@overload
def instant(moment: datetime | None) -> str | None: ...
def instant(moment: datetime | None) -> str | None:
    """ISO 8601 with seconds and the offset of Europe/Oslo: ``2019-01-31T09:00:00+01:00``."""
    return moment.astimezone(OSLO).isoformat(timespec="seconds") if moment else None


def day(moment: datetime | None) -> str | None:
    """The day in Europe/Oslo on which a moment falls."""
    return moment.astimezone(OSLO).date().isoformat() if moment else None


def clock(value: time | None) -> str | None:
    """HH:MM."""
    return value.strftime("%H:%M") if value else None


def midnight(value: date) -> datetime:
    """The start of a day in Europe/Oslo."""
    return datetime(value.year, value.month, value.day, tzinfo=OSLO)


def is_usable(value: date | datetime | time) -> bool:
    """False for years so early or late that some time zone or database cannot hold them."""
    return isinstance(value, time) or 1000 <= value.year <= 9998


def is_partial_date(text: str) -> bool:
    """True for a day, a month or a year that exists: ``2024-05-29``, ``2024-05``, ``2024``."""
    match = PARTIAL.fullmatch(text)
    if not match:
        return False
    year, month, day_ = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day_)
    except ValueError:
        return False
    return True
