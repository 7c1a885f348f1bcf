"""The one seam for language: which terms a text becomes, and which terms a word of a query looks up.

Every engine indexes the terms that come out of here, split at white space, and looks up exactly these; so all engines
give the same answers, and whatever is learnt about a language is learnt here. A change of the terms needs a new
VERSION: indexes of another version are rebuilt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import Stemmer

VERSION = "1"

WORD = re.compile(r"[^\W_]+")
MAX_TERM = 64
"""Characters kept of a word; what is longer is no word that anybody types."""

STEMMERS = {"nb": "norwegian", "nn": "norwegian", "no": "norwegian", "en": "english"}
"""Languages with a stemmer; words of others stay as they are."""

UNWANTED = re.compile("[\0\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Half characters, and invisible ones (soft hyphen, zero width, direction) that would cut or hide a word."""


def normalise(text: str) -> str:
    """NFC without invisible characters: the form in which texts are indexed, highlighted and asked for.

    >>> normalise("bla\u030ab\u00adær")
    'blåbær'
    """
    return unicodedata.normalize("NFC", UNWANTED.sub("", text))


def words(text: str) -> list[str]:
    """Lower-case words of a normalised text.

    >>> words("E-post til Rådet, 2024")
    ['e', 'post', 'til', 'rådet', '2024']
    """
    return [word.lower() for word in spelt(text)]


def spelt(text: str) -> list[str]:
    """Words of a normalised text as they stand there."""
    return WORD.findall(text)


def vocabulary(spelt_words: Iterable[str], language: str) -> dict[str, str]:
    """Each different word as it stands in a text, with its term.

    >>> vocabulary(["Nye", "hus", "Huset", "hus"], "nb")
    {'Huset': 'hus', 'Nye': 'nye', 'hus': 'hus'}
    """
    return {word: term(word.lower(), language) for word in sorted(set(spelt_words))}


@lru_cache(maxsize=200_000)
def term(word: str, language: str) -> str:
    """The term of a lower-case word in a text of this language."""
    word = word[:MAX_TERM]
    algorithm = STEMMERS.get(language)
    return _stemmer(algorithm).stemWord(word) if algorithm else word


@lru_cache(maxsize=20_000)
def lookups(word: str) -> tuple[tuple[str, float], ...]:
    """Terms under which documents of any language hold a word of a query, with weights; the best one counts.

    >>> lookups("elections")
    (('election', 1.0), ('elect', 1.0), ('elections', 1.0))
    """
    found = (*(term(word, language) for language in STEMMERS), word[:MAX_TERM])
    return tuple((each, 1.0) for each in dict.fromkeys(found))


def phrase_lookups(phrase: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Sequences of terms under which documents of any language hold these words one after another.

    >>> phrase_lookups(("åpne", "barnehager"))
    (('åpn', 'barnehag'), ('åpne', 'barnehag'), ('åpne', 'barnehager'))
    """
    languages = (*STEMMERS, "")
    return tuple(dict.fromkeys(tuple(term(word, language) for word in phrase) for language in languages))


@cache
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    # Without its own cache a stemmer keeps no state between words, so threads can share it.
    return Stemmer.Stemmer(algorithm, 0)
