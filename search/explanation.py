"""Why a document is among the results of a question, or is not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["word", "inflection", "part", "nynorsk", "own-part", "correction", "synonym"]
"""The word as it was typed; another form of it; inside a compound; said otherwise in nynorsk; a part of the compound
that was typed; a corrected spelling; a synonym that communicators wrote."""

TITLE = "title"


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text that a word of the question leads to.

    by      the correction or synonym that led there; "" where the word itself did
    words   as they stand in the text, in small letters
    places  key of the document → how often
    """

    how: How
    by: str
    words: tuple[str, ...]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class WordExplained:
    """``score``: what the word adds; ``found`` empty: it is missing."""

    word: str
    score: float
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    indexed   whether the engine has the document on this site; without it nothing else is known
    version   of the document that is indexed
    matches   whether the question finds it, decisions of communicators aside
    shown     whether it is among the results
    place     among them, from 1; None when it is not among the first hundred
    total     of the results
    score     all of it together; in it are
    gain      what it has for being recent, and
    meaning   for being near the question in meaning, where vectors are on
    missing   phrases in quotes that it does not have
    excluded  words after a minus that it has
    """

    indexed: bool
    version: int = 0
    matches: bool = False
    shown: bool = False
    place: int | None = None
    total: int = 0
    score: float = 0.0
    gain: float = 0.0
    meaning: float = 0.0
    words: tuple[WordExplained, ...] = ()
    missing: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    pinned: bool = False
    hidden: bool = False
