"""Words of the collection that a word nobody wrote was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters of a word that is corrected; shorter ones have too many neighbours."""
TWO_FAULTS = 9
"""Letters from which a word may have two faults."""
MOST = 3

FOLDS = (str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}), str.maketrans({"æ": "a", "ø": "o", "å": "a"}))
"""How people write æøå on keyboards without them."""


class Words(Protocol):
    """The words of one site as they are written, in lower case, each with how many documents have it."""

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Words that begin so."""

    def ending(self, letters: str) -> Iterable[tuple[str, int]]:
        """Words that end so."""

    def folded(self, word: str) -> Iterable[tuple[str, int]]:
        """Words that are written so without æøå."""


def folds(word: str) -> list[str]:
    """Ways to write a word without æøå; none for a word that has none of them.

    >>> folds("blåbærøl")
    ['blaabaeroel', 'blabarol']
    """
    return [folded for table in FOLDS if (folded := word.translate(table)) != word]


def corrections(word: str, words: Words) -> tuple[str, ...]:
    """At most three, the best first. ``word`` is in lower case, and in none of the documents.

    A word with one fault is whole in its first or in its last half, so those are all the places to look.
    """
    if not SHORTEST <= len(word) <= 40 or not word.isalpha():
        return ()
    if folded := dict(words.folded(word)):
        return tuple(sorted(folded, key=lambda each: (-folded[each], each))[:MOST])
    faults = 1 if len(word) < TWO_FAULTS else 2
    piece = len(word) // (faults + 1)  # one of so many pieces is whole; looked for at the two ends
    near = {*words.beginning(word[:piece]), *words.ending(word[-piece:])}
    found = []
    for other, count in near:
        distance = OSA.distance(word, other, score_cutoff=faults)
        if 0 < distance <= faults and other.isalpha():  # 0: the word itself, of a page that is removed
            found.append((distance, -count, other))
    # a word with one fault is never passed over for one with two
    nearest = min(found, default=(0,))[0]
    return tuple(other for distance, _, other in sorted(found) if distance == nearest)[:MOST]
