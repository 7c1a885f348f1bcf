"""Letters that people write in several ways: accents, the letters of Sámi and of the neighbours, æøå without a key."""

from __future__ import annotations

import unicodedata

from search.stopwords import STOP_WORDS

OTHERS = {"ä": "æ", "ö": "ø", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "þ": "th", "å": "å"}
"""Letters that have no accent to leave out, or are other letters with it."""

FOLDS = (str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}), str.maketrans({"æ": "a", "ø": "o", "å": "a"}))
"""How people write æøå on keyboards without them."""


class _Plain(dict[int, str]):
    """A table for ``str.translate`` that knows every letter, also one never seen."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = OTHERS.get(letter) or unicodedata.normalize("NFD", letter)[0]
        self[code] = plain
        return plain


_PLAIN = _Plain()


def plain(word: str) -> str:
    """A lower-case word with the 29 letters of Norwegian; a word of which a stop word would be left stays as it is.

    >>> plain("kárášjohka"), plain("malmö"), plain("blåbær"), plain("fôr")
    ('karasjohka', 'malmø', 'blåbær', 'fôr')
    """
    if word.isascii():
        return word
    found = word.translate(_PLAIN)
    return word if found in STOP_WORDS else found


def folds(word: str) -> list[str]:
    """Ways to write a word with fewer letters than it has; none for a word that has no such letters.

    >>> folds("blåbærøl"), folds("kárášjohka")
    (['blaabaeroel', 'blabarol'], ['karasjohka'])
    """
    known = plain(word)
    found = dict.fromkeys((known, *(known.translate(table) for table in FOLDS)))
    return [each for each in found if each != word]
