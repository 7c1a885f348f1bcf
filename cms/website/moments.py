"""Days, times and periods of documents as people write them: «31. januar 2019 kl. 09.00–11.30».

A moment of a document is a string as precise as what is known: an instant with its offset, ``YYYY-MM-DD``, ``YYYY-MM``
or ``YYYY``. Instants already have the offset of Europe/Oslo, so nothing is converted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from babel.dates import format_date as babel_date

_LOCALES = {"nb": "nb", "nn": "nn", "en": "en_GB"}
_DASH = "–"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a date; ``iso`` is empty for the words and dashes between two moments."""

    text: str
    iso: str = ""


def day(moment: str, language: str, *, weekday: bool = False, year: bool = True) -> str:
    """``"2019-01-31T09:00:00+01:00" -> "31. januar 2019"``; months and years as precise as they are."""
    if len(moment) == 4:
        return moment
    if len(moment) == 7:
        return _format(date.fromisoformat(f"{moment}-01"), "MMMM y" if year else "MMMM", language)
    dot = "" if language == "en" else "."
    pattern = f"d{dot} MMMM" + (" y" if year else "")
    return _format(_date(moment), f"EEEE {pattern}" if weekday else pattern, language)


def short_month(moment: str, language: str) -> str:
    """``"2019-01-31" -> "jan"``: for a date drawn as a block."""
    return _format(_date(moment), "MMM", language).rstrip(".")


def clock(value: str | time, language: str) -> str:
    """``"09:00" -> "09.00"``, as Norwegian writes it."""
    text = value if isinstance(value, str) else value.strftime("%H:%M")
    return text if language == "en" else text.replace(":", ".")


def moment(value: str, language: str, *, weekday: bool = False) -> str:
    """``"31. januar 2019 kl. 09.00"``, or the day alone when no time is known."""
    text = day(value, language, weekday=weekday)
    if "T" not in value:
        return text
    return f"{text}{_at(language)}{clock(datetime.fromisoformat(value).time(), language)}"


def span(start: str, end: str | None, language: str, *, weekday: bool = False) -> list[Piece]:
    """From start to end without saying twice what both share.

    ``31. januar 2019 kl. 09.00`` ``–`` ``11.30`` · ``7.`` ``–`` ``8. mars 2024`` · ``2011``
    """
    if not end or end == start:
        return [Piece(moment(start, language, weekday=weekday), start)]
    if "T" in start and "T" in end:
        return _span_of_instants(start, end, language, weekday)
    return _span_of_days(start[:10], end[:10], language, weekday)


def period(start: str | None, end: str | None, language: str) -> list[Piece]:
    """A project's period: ``2011–2015``, ``2011–`` while it lasts."""
    if start and end:
        spaced = f" {_DASH} " if len(start) > 4 or len(end) > 4 else _DASH
        return (
            [Piece(day(start, language), start)]
            if start == end
            else [Piece(day(start, language), start), Piece(spaced), Piece(day(end, language), end)]
        )
    if start:
        return [Piece(day(start, language), start), Piece(_DASH)]
    return [Piece(_DASH), Piece(day(end, language), end)] if end else []


def _span_of_instants(start: str, end: str, language: str, weekday: bool) -> list[Piece]:
    first = Piece(moment(start, language, weekday=weekday), start)
    if start[:10] == end[:10]:
        return [first, Piece(_DASH), Piece(clock(datetime.fromisoformat(end).time(), language), end)]
    return [first, Piece(f" {_DASH} "), Piece(moment(end, language, weekday=weekday), end)]


def _span_of_days(start: str, end: str, language: str, weekday: bool) -> list[Piece]:
    if start == end:
        return [Piece(day(start, language, weekday=weekday), start)]
    last = Piece(day(end, language, weekday=weekday), end)
    if start[:7] == end[:7] and not weekday:
        dot = "" if language == "en" else "."
        return [Piece(f"{_date(start).day}{dot}", start), Piece(_DASH), last]
    same_year = start[:4] == end[:4]
    return [Piece(day(start, language, weekday=weekday, year=not same_year), start), Piece(f" {_DASH} "), last]


def _at(language: str) -> str:
    return ", " if language == "en" else " kl. "


def _date(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _format(value: date, pattern: str, language: str) -> str:
    return babel_date(value, pattern, locale=_LOCALES.get(language, "nb"))
