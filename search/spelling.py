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


class Words(Protocol):
    """The words of one site as they are written, in lower case, each with how many documents have it."""

    def near(self, word: str, faults: int) -> Iterable[tuple[str, int]]:
        """At least the words that differ from it in so many letters and begin or end as it does (``ends``)."""

    def folded(self, word: str) -> Iterable[tuple[str, int]]:
        """Words that are written so with fewer letters (``letters.folds``)."""


def ends(word: str, faults: int) -> tuple[str, str]:
    """How a word begins and ends: with one fault, one of its halves is whole; with two, mostly one of its ends.

    >>> ends("barnehgae", 1)
    ('barn', 'hgae')
    """
    piece = len(word) // (faults + 1)
    return word[:piece], word[-piece:]


def corrections(word: str, words: Words) -> tuple[str, ...]:
    """At most three, the best first. ``word`` is in lower case, and in none of the documents."""
    if not SHORTEST <= len(word) <= 40 or not word.isalpha():
        return ()
    if folded := dict(words.folded(word)):
        return tuple(sorted(folded, key=lambda each: (-folded[each], each))[:MOST])
    faults = 1 if len(word) < TWO_FAULTS else 2
    first, last = ends(word, faults)
    found = []
    for other, count in words.near(word, faults):
        if not (other.startswith(first) or other.endswith(last)):
            continue
        distance = OSA.distance(word, other, score_cutoff=faults)
        if 0 < distance <= faults and other.isalpha():  # 0: the word itself, of a page that is removed
            found.append((distance, -count, other))
    # a word with one fault is never passed over for one with two
    nearest = min(found, default=(0,))[0]
    return tuple(other for distance, _, other in sorted(found) if distance == nearest)[:MOST]
