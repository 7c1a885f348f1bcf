"""What is wrong with a package, and where: collected, so that one run tells everything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LONGEST = 300
INDEX = re.compile(r"(\w+)\[(\d+)\]")
PLAIN = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """``str(fault)`` is one line: ``pages[3].programme[0].start: expected a time, HH:MM, got 'ni'``."""

    place: str
    message: str

    def __str__(self) -> str:
        message = " ".join(self.message.split())
        if len(message) > LONGEST:
            message = message[:LONGEST] + " …"
        return f"{self.place}: {message}" if self.place else message


def in_order(faults: list[Fault]) -> list[Fault]:
    """In the order of the package, each once; pages are not written in that order."""

    def position(fault: Fault) -> tuple[str, int]:
        match = INDEX.match(fault.place)
        return (match[1], int(match[2])) if match else ("", 0)

    return sorted(dict.fromkeys(faults), key=position)


class PackageError(Exception):
    """The package is not imported; ``faults`` says why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__("\n".join(map(str, faults)))


@dataclass(slots=True)
class Faults:
    """Remembers where in the package the reader is."""

    found: list[Fault] = field(default_factory=list)
    _steps: list[str | int] = field(default_factory=list)

    @contextmanager
    def at(self, *steps: str | int) -> Iterator[None]:
        self._steps += steps
        try:
            yield
        finally:
            del self._steps[len(self._steps) - len(steps) :]

    @contextmanager
    def from_top(self, *steps: str | int) -> Iterator[None]:
        """Reads elsewhere for a while."""
        before, self._steps = self._steps, list(steps)
        try:
            yield
        finally:
            self._steps = before

    def here(self, message: str) -> Fault:
        """Something about the present place that is no fault."""
        return Fault(place(self._steps), message)

    def fault(self, message: str) -> None:
        self.found.append(self.here(message))

    def stop_if_any(self) -> None:
        if self.found:
            raise PackageError(self.found)


def place(steps: list[str | int]) -> str:
    """
    >>> place(["pages", 3, "programme", 0, "start"])
    'pages[3].programme[0].start'
    """
    text = ""
    for step in steps:
        if isinstance(step, str) and PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=True)}]"
    return text
