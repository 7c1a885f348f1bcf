"""Takes compounds apart: ``arbeidslivskonferansen`` → ``arbeidsliv``, ``konferansen``.

Dynamic programming over a frequency list: of all ways to cut a word into known ones, the one whose parts are the most
common wins; every further part has its price.
"""

from __future__ import annotations

from functools import lru_cache

from search.norwegian import nynorsk
from search.norwegian.lemmas import lemma
from search.norwegian.lexicon import zipf
from search.stopwords import STOP_WORDS

SHORTEST, LONGEST = 6, 40
"""Letters of a word that is looked at."""
MOST_PARTS = 4
SHORTEST_PART = 3
KNOWN = 2.0
"""Zipf frequency from which a word may be a part."""
KNOWN_SHORT = 4.3
"""The same for words of three letters, which stand by chance in many others."""
PRICE = 8.0
"""What a part costs: about the frequency of the most common words, so that fewer parts are better."""
LINKS = {"s": 0.3, "e": 0.6}
"""Letters that join a part to the next, with what they cost: kommune|styre|s|møte, barn|e|hage."""
INFLECTED = 0.5
"""What a last part costs that only its base form is known of."""
NYNORSK = 4.0
"""Frequency given to nynorsk words of our own list."""

ENDINGS = frozenset(
    [
        "het",
        "heit",
        "else",
        "ing",
        "inga",
        "inger",
        "skap",
        "dom",
        "lig",
        "leg",
        "isk",
        "som",
        "ende",
        "ande",
        "ene",
        "ane",
        "ert",
        "er",
        "en",
        "et",
        "a",
        "e",
        "s",
        "t",
    ]
)
"""Endings that are in frequency lists as if they were words."""

_Way = tuple[float, tuple[str, ...]]


@lru_cache(maxsize=200_000)
def parts(word: str, language: str) -> tuple[str, ...]:
    """The parts of a lower-case word, two to four without their links; none for a simple word.

    The base form is taken apart, where one is known: endings look like parts (*importerte* is not *import|erte*).

    >>> parts("arbeidslivskonferansen", "nb"), parts("barnehage", "nb"), parts("importerte", "nb")
    (('arbeidsliv', 'konferanse'), ('barn', 'hage'), ())
    """
    base = lemma(word, language)
    return _cut(base if base[:SHORTEST_PART] == word[:SHORTEST_PART] else word, language)


def _cut(word: str, language: str) -> tuple[str, ...]:
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return ()
    ways: dict[tuple[int, int], _Way] = {(0, 0): (0.0, ())}
    for position in range(len(word)):
        for count in range(MOST_PARTS):
            if way := ways.get((position, count)):
                _go_on(ways, word, position, count, way, language)
    found = [ways[len(word), count] for count in range(2, MOST_PARTS + 1) if (len(word), count) in ways]
    return max(found)[1] if found else ()


def _go_on(ways: dict[tuple[int, int], _Way], word: str, position: int, count: int, way: _Way, language: str) -> None:
    """Every part that may begin at ``position``."""
    score, before = way
    for end in range(position + SHORTEST_PART, len(word) + 1):
        piece = word[position:end]
        for value, part in _last(piece, language) if end == len(word) else _inner(piece, language):
            new = (score + value - PRICE, (*before, part))
            place = (end, count + 1)
            if place not in ways or ways[place][0] < new[0]:
                ways[place] = new


def _inner(piece: str, language: str) -> list[tuple[float, str]]:
    found = [(frequency, piece)] if (frequency := _frequency(piece, language)) else []
    if (cost := LINKS.get(piece[-1])) and len(piece) > SHORTEST_PART and (known := _frequency(piece[:-1], language)):
        found.append((known - cost, piece[:-1]))
    return found


def _last(piece: str, language: str) -> list[tuple[float, str]]:
    found = [(frequency, piece)] if (frequency := _frequency(piece, language)) else []
    base = lemma(piece, language)
    if base != piece and (known := _frequency(base, language)):
        found.append((known - INFLECTED, piece))
    return found


@lru_cache(maxsize=200_000)
def _frequency(piece: str, language: str) -> float:
    """How common a possible part is; 0 for what is none."""
    if len(piece) < SHORTEST_PART or piece in STOP_WORDS or piece in ENDINGS:
        return 0.0
    frequency = zipf(piece)
    if frequency >= (KNOWN_SHORT if len(piece) == SHORTEST_PART else KNOWN):
        return frequency
    return NYNORSK if language == "nn" and nynorsk.paired(piece) else 0.0
