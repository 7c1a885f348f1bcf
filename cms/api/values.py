"""Kinds of parameter values: how a text is read, and the same as JSON Schema."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Protocol

MAX_TEXT = 400
"""Longer than any filter value that a document can have."""


class MalformedError(ValueError):
    """``detail`` says what is wrong, ``hint`` what would be right."""

    def __init__(self, detail: str, hint: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint


class Value(Protocol):
    def schema(self) -> dict[str, Any]:
        """JSON Schema of one value."""

    def read(self, text: str) -> Any:
        """Raises MalformedError."""


def clean(text: str) -> str:
    """The text in NFC. Raises MalformedError for what no database and no index takes."""
    if "\ufffd" in text:
        raise MalformedError("the value is not valid UTF-8.")
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r":
            raise MalformedError(f"the value contains the character U+{ord(char):04X}.")
    return unicodedata.normalize("NFC", text)


def did_you_mean(given: str, known: list[str]) -> str:
    """A hint that names what the text was probably meant to be, or everything that there is."""
    if close := get_close_matches(given.lower(), known, n=1, cutoff=0.6):
        return f"Did you mean {close[0]}?"
    return f"Possible: {', '.join(known)}."


@dataclass(frozen=True, slots=True)
class Text:
    """Any words, at most ``longest`` characters."""

    longest: int = MAX_TEXT
    blank: bool = False

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest} | ({} if self.blank else {"minLength": 1})

    def read(self, text: str) -> str:
        if not text.strip() and not self.blank:
            raise MalformedError("the value is empty.", "Leave the parameter out.")
        if len(text) > self.longest:
            raise MalformedError(f"the value has {len(text)} characters; at most {self.longest} are possible.")
        return text


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``least`` to ``most``."""

    least: int
    most: int

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,20}", text):
            raise MalformedError(f"{text[:40]!r} is not a whole number.", f"A number from {self.least} to {self.most}.")
        number = int(text)
        if not self.least <= number <= self.most:
            raise MalformedError(f"{number} is not within {self.least} to {self.most}.")
        return number


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a fixed set of words."""

    words: tuple[str, ...]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}

    def read(self, text: str) -> str:
        if text not in self.words:
            raise MalformedError(f"{text[:80]!r} is not possible.", did_you_mean(text[:80], list(self.words)))
        return text


@dataclass(frozen=True, slots=True)
class Pattern:
    """A code of a certain form; ``what`` describes it with an example."""

    pattern: str
    what: str

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern}$"}

    def read(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise MalformedError(f"{text[:80]!r} is malformed.", f"Expected {self.what}.")
        return text


@dataclass(frozen=True, slots=True)
class Day:
    """A day, ``YYYY-MM-DD``."""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def read(self, text: str) -> date:
        hint = "Expected a day, for example 2026-03-01."
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise MalformedError(f"{text[:40]!r} is not a day.", hint)
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise MalformedError(f"the day {text} does not exist.", hint) from None
