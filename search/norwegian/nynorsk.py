"""Nynorsk words as bokmål says them, so that one finds the other's texts."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from search.norwegian.lemmas import lemma, read_pairs
from search.norwegian.lexicon import zipf

OWN = Path(__file__).with_name("nynorsk.tsv")

COMMON = 4.0
"""Zipf frequency from which a word is bokmål as well, so that a query's word is not taken for nynorsk."""


@cache
def pairs() -> dict[str, str]:
    """Base form → base form."""
    return read_pairs(OWN)


@lru_cache(maxsize=100_000)
def bokmaal(word: str) -> str | None:
    """The bokmål base form of a word of a nynorsk text; None where it is the same, or unknown.

    >>> bokmaal("kyrkja"), bokmaal("folkerøystinga"), bokmaal("kommunane")
    ('kirke', 'folkeavstemning', None)
    """
    known = pairs()
    return known.get(word) or known.get(lemma(word, "nn"))


def is_hardly_bokmaal(word: str) -> bool:
    """Whether a word of a query, whose language nobody told, may be nynorsk.

    >>> is_hardly_bokmaal("kyrkja"), is_hardly_bokmaal("tale")
    (True, False)
    """
    return zipf(word) < COMMON
