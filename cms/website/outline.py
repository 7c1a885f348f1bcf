"""Heading levels of a body, so that no level is skipped whatever the editor chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_SECTIONS = frozenset({"cards", "listing"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the level of its own heading, where it has one."""

    block: dict[str, Any]
    level: int

    @property
    def type(self) -> str:
        return str(self.block.get("type", ""))


def place(blocks: Iterable[dict[str, Any]], above: int = 1) -> list[Placed]:
    """Blocks below a heading of level ``above``: a heading is at most one level below the one before it.

    >>> [placed.level for placed in place([{"type": "heading", "value": {"text": "A", "level": 4}}])]
    [2]
    """
    current = above
    placed = []
    for block in blocks:
        kind, value = block.get("type"), block.get("value") or {}
        level = min(current + 1, 6)
        if kind == "heading":
            level = current = min(max(int(value.get("level") or 2), above + 1), current + 1, 6)
        elif kind in _SECTIONS and value.get("title"):
            level = current = above + 1
        placed.append(Placed(block, level))
    return placed


def split(blocks: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The blocks before the first part with a heading of its own, and the rest."""
    found = list(blocks)
    starts = (index for index, block in enumerate(found) if block.get("type") in {"heading", *_SECTIONS})
    first = next(starts, len(found))
    return found[:first], found[first:]
