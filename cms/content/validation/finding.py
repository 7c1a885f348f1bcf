"""What is wrong with a page, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["stop", "warn"]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A stop keeps the page from being published, a warning is only shown.

    place    the way to it: field, then positions in lists and names in structures; ``("programme", 0, "start")``
    message  what to do, in the active language
    """

    place: Place
    grade: Grade
    message: str

    def within(self, *outer: str | int) -> Finding:
        """The same finding, seen from further out."""
        return Finding((*outer, *self.place), self.grade, self.message)

    @property
    def path(self) -> str:
        """``programme[0].start``"""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place).lstrip(".")


def stop(message: str, *place: str | int) -> Finding:
    return Finding(place, "stop", message)


def warn(message: str, *place: str | int) -> Finding:
    return Finding(place, "warn", message)
