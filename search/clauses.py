"""What is asked of an index: a tree of exact look-ups that every engine can make. Pure: no engine, no syntax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextField = Literal["words", "parts", "vocabulary", "beginnings", "prefixes", "inside"]
Moment = Literal["published", "starts", "ends"]

WRITTEN: tuple[TextField, ...] = ("words", "parts")
"""Where a word is looked for in what a page says."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents that have a term, scored by BM25."""

    field: TextField
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """Documents that have any of the terms, hundreds of them too. Scores nothing."""

    field: TextField
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents that have these terms of ``words`` one after another in one passage, scored by BM25."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """Documents that match any of the options; the best one's score counts."""

    options: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """Documents that match the clause, scored by it, times the greatest factor of those whose range they are in.

    by  ranges with their factors, all of them above 1
    """

    clause: Clause
    by: tuple[tuple[Between, float], ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """Documents that have any of the values. Scores nothing."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ids:
    """These documents. Scores nothing."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """Documents with dates of their own. Scores nothing."""


@dataclass(frozen=True, slots=True)
class Between:
    """Documents whose moment is in the range: microseconds since 1970, both ends inclusive. Scores nothing."""

    field: Moment
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document. Scores nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that match all of ``must`` and ``filters`` and none of ``never``; without those, any of ``should``.

    The score is the sum of the matching ``must`` and ``should``. An empty group matches nothing.
    """

    should: tuple[Clause, ...] = ()
    must: tuple[Clause, ...] = ()
    filters: tuple[Clause, ...] = ()
    never: tuple[Clause, ...] = ()


Clause = Term | AnyTerm | Phrase | Best | Raised | Keys | Ids | Timed | Between | Everything | Group

NOTHING = Group()


def best(*options: Clause) -> Clause:
    return options[0] if len(options) == 1 else Best(options)


def any_of(*options: Clause) -> Clause:
    return options[0] if len(options) == 1 else Group(should=options)
