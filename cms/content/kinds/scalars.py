"""Texts, choices, numbers and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from django.db import models
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext

from cms.content import rich_text, shapes, times
from cms.content.blocks.convert import parse_int
from cms.content.context import Context
from cms.content.kinds.base import BaseKind
from cms.content.languages import DEFAULT
from cms.content.loader import Loader, Places
from cms.plugins.spec import Key


class Text(BaseKind):
    """A text; "" when absent. With a filter, the text itself is the value."""

    def __init__(self, max_length: int | None = None) -> None:
        self.max_length = max_length

    def bind(self, field: models.Field[Any, Any] | None) -> Text:
        return type(self)(getattr(field, "max_length", None))

    def shape(self) -> Any:
        return str

    def to_json(self, value: Any, context: Context) -> str:
        return str(value or "")

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        return [Key(name, value, value) for name in fields] if value else ()

    def parse(self, value: Any, loader: Places) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            loader.fault(f"expected a text, got {value!r}")
            return ""
        if self.max_length and len(value) > self.max_length:
            loader.fault(f"the text has {len(value)} characters; at most {self.max_length} are possible")
        return value


class UrlText(Text):
    """An address; null when absent."""

    def shape(self) -> Any:
        return shapes.Url | None

    def to_json(self, value: Any, context: Context) -> Any:
        return value or None

    def parse(self, value: Any, loader: Places) -> str:
        text = super().parse(value, loader)
        if text and rich_text.url_link(text, "") is None:
            loader.fault(f"{text!r} is not an address that can be followed")
        return text


class Choice(BaseKind):
    """One of the model field's choices; "" where the field may be blank."""

    def __init__(self, choices: tuple[tuple[str, Any], ...] = (), blank: bool = False) -> None:
        self.choices = choices
        self.blank = blank

    def bind(self, field: models.Field[Any, Any] | None) -> Choice:
        if self.choices or field is None:
            return self
        return Choice(tuple((str(value), label) for value, label in field.flatchoices if value), field.blank)

    def shape(self) -> Any:
        values = tuple(value for value, _ in self.choices)
        return Literal[(*values, "")] if self.blank else Literal[values]

    def to_json(self, value: Any, context: Context) -> str:
        return str(value or "")

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        if not value:
            return ()
        with translation.override(DEFAULT):
            label = str(dict(self.choices).get(value, value))
        return [Key(name, value, label) for name in fields]

    def parse(self, value: Any, loader: Places) -> str:
        if value in (None, "") and self.blank:
            return ""
        if not isinstance(value, str) or value not in dict(self.choices):
            loader.fault(f"{value!r} is not one of {', '.join(dict(self.choices))}")
            return ""
        return value


class Flag(BaseKind):
    def shape(self) -> Any:
        return bool

    def to_json(self, value: Any, context: Context) -> bool:
        return bool(value)

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        with translation.override(DEFAULT):
            text, label = ("true", gettext("Yes")) if value else ("false", gettext("No"))
        return [Key(name, text, label) for name in fields]

    def parse(self, value: Any, loader: Places) -> bool:
        if not isinstance(value, bool):
            loader.fault(f"expected true or false, got {value!r}")
        return bool(value)


class Number(BaseKind):
    def shape(self) -> Any:
        return int | None

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        return [Key(name, str(value), str(value)) for name in fields] if value is not None else ()

    def parse(self, value: Any, loader: Places) -> int | None:
        return parse_int(value, loader)


class Moment(BaseKind):
    """An instant, ISO 8601 with the offset of Europe/Oslo; null when absent."""

    def shape(self) -> Any:
        return shapes.Instant | None

    def to_json(self, value: Any, context: Context) -> str | None:
        return times.instant(value)

    def parse(self, value: Any, loader: Places) -> datetime | None:
        return parse_moment(value, loader)


def parse_moment(value: Any, loader: Places) -> datetime | None:
    """An instant with offset, or a day (its first moment in Europe/Oslo)."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            found = parse_datetime(value)
            if found and times.is_usable(found):
                return (
                    found.replace(tzinfo=times.OSLO) if is_naive(found) and len(value) == 10 else _aware(found, loader)
                )
        except ValueError:
            pass
    loader.fault(f"expected an instant with offset, 2026-03-01T09:00:00+01:00, got {value!r}")
    return None


def _aware(found: datetime, loader: Places) -> datetime | None:
    if is_naive(found):
        loader.fault(
            f"the instant {found.isoformat()} has no offset: write {found.replace(tzinfo=times.OSLO).isoformat()}"
        )
        return None
    return found


class Date(BaseKind):
    def shape(self) -> Any:
        return shapes.Day | None

    def to_json(self, value: Any, context: Context) -> str | None:
        return value.isoformat() if value else None

    def parse(self, value: Any, loader: Places) -> Any:
        if value in (None, ""):
            return None
        try:
            if isinstance(value, str) and (found := parse_date(value)) and times.is_usable(found):
                return found
        except ValueError:
            pass
        loader.fault(f"expected a day, YYYY-MM-DD, got {value!r}")
        return None


class PartialDateText(Text):
    """A day, a month or a year; null when absent."""

    def shape(self) -> Any:
        return shapes.PartialDate | None

    def to_json(self, value: Any, context: Context) -> Any:
        return value or None

    def parse(self, value: Any, loader: Places) -> str:
        text = super().parse(value, loader)
        if text and not times.is_partial_date(text):
            loader.fault(f"expected a day, a month or a year (2024-05-29, 2024-05 or 2024), got {text!r}")
        return text


class Period(BaseKind):
    """{start, end} from the attributes ``{source}_start`` and ``{source}_end``."""

    whole_page = True

    def shape(self) -> Any:
        return shapes.Period

    def render(self, page: Any, source: str, context: Context) -> shapes.Period:
        return {
            "start": getattr(page, f"{source}_start") or None,
            "end": getattr(page, f"{source}_end") or None,
        }

    def parse(self, value: Any, loader: Places) -> dict[str, str]:
        if value is None:
            value = {}
        if not isinstance(value, dict):
            loader.fault(f"expected {{start, end}}, got {value!r}")
            value = {}
        found = {}
        for name in ("start", "end"):
            with loader.at(name):
                found[name] = PartialDateText().parse(value.get(name), loader)
        return found

    def assign(self, page: Any, source: str, value: dict[str, str]) -> None:
        setattr(page, f"{source}_start", value["start"])
        setattr(page, f"{source}_end", value["end"])


class DateOrInstant(BaseKind):
    """A day from ``{source}_date``, or an instant where ``{source}_time`` says more; null when absent."""

    whole_page = True

    def shape(self) -> Any:
        return shapes.DayOrInstant | None

    def render(self, page: Any, source: str, context: Context) -> str | None:
        day, clock = getattr(page, f"{source}_date"), getattr(page, f"{source}_time")
        if day is None:
            return None
        return times.instant(datetime.combine(day, clock, times.OSLO)) if clock else day.isoformat()

    def parse(self, value: Any, loader: Places) -> tuple[Any, Any]:
        if isinstance(value, str) and len(value) == 10:
            return Date().parse(value, loader), None
        found = parse_moment(value, loader)
        if found is None:
            return None, None
        local = found.astimezone(times.OSLO)
        return local.date(), local.time()

    def assign(self, page: Any, source: str, value: tuple[Any, Any]) -> None:
        setattr(page, f"{source}_date", value[0])
        setattr(page, f"{source}_time", value[1])


class RichTextKind(BaseKind):
    def shape(self) -> Any:
        return shapes.RichText

    def to_json(self, value: Any, context: Context) -> shapes.RichText:
        return rich_text.render(value or "", context)

    def to_package(self, page: Any, source: str, context: Context) -> dict[str, str]:
        return rich_text.to_package(getattr(page, source) or "", context)

    def parse(self, value: Any, loader: Loader) -> str:
        return rich_text.parse(value, loader)
