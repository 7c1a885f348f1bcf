"""The one seam for language: which terms a text becomes, and which terms a word of a query looks up.

Every engine indexes the terms that come out of here, split at white space, in two fields: ``words`` holds the term of
every word, ``parts`` those of compounds' parts and of other ways to say or write a word. An engine looks up exactly the
terms of ``lookup``; so all engines give the same answers, and whatever is learnt about a language is learnt here and in
``search.norwegian``. A change of the terms needs a new VERSION: indexes of another version are rebuilt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from search.letters import plain
from search.norwegian import compounds, nynorsk
from search.norwegian.lemmas import lemma
from search.norwegian.lexicon import zipf

VERSION = "-".join(filter(None, ["7", nynorsk.fingerprint()]))
"""Tells also whether Apertium's pairs are there, as this process found them when it started."""

WORD = re.compile(r"[^\W_]+")
HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_SPACE = "[ \u00a0\u202f]"
NUMBER = rf"(?<!\w)(?:\d\d(?:{_SPACE}\d\d){{3}}|\d{{3}}{_SPACE}\d\d{_SPACE}\d{{3}}|\d{{1,3}}(?:{_SPACE}\d{{3}})+)(?!\w)"
"""Digits in groups, as in telephone numbers and above a thousand."""
NUMBERS = re.compile(NUMBER)
TWO_PIECES = re.compile(r"[^-]+-[^-]+")
MAX_TERM = 64
"""Characters kept of a word; what is longer is no word that anybody types."""

NORWEGIAN = {"nb": "nb", "nn": "nn", "no": "nb"}
STEMMERS = {**dict.fromkeys(NORWEGIAN, "norwegian"), "en": "english"}
"""Languages with a stemmer; words of others stay as they are."""

PART = 0.6
"""What a match in a compound's part counts, of one in a whole word."""
OWN_PART, OWN_PART_IN_PART = 0.15, 0.1
"""What a part of the query's own compound counts, found as a word and found as a part."""
STEM = 0.7
"""What a match in the stem counts that words of different base forms share: leder, ledere, ledelse."""
STEMMED = "~"
"""Begins a stem in ``parts``, so that a word is not taken for what another one's stem happens to look like."""
CORRECTED = 0.85
"""What a corrected spelling counts."""
SYNONYM = 0.6
"""What a synonym counts that communicators have written, of the word itself."""

UNWANTED = re.compile("[\0\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Half characters, and invisible ones (soft hyphen, zero width, direction) that would cut or hide a word."""
LIGATURE = re.compile("[\ufb00-\ufb06]")
"""Several letters as one character, as in texts copied out of a PDF."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A word of a text: its term, and those that it is found by as well, of parts, other ways to say it, stems."""

    term: str
    parts: tuple[str, ...] = ()

    @property
    def without_parts(self) -> tuple[str, ...]:
        """Of the word as a whole: its term and its stems."""
        return (self.term, *(each for each in self.parts if each.startswith(STEMMED)))


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a word of a query looks up.

    terms  in ``words``, and at PART of the weight in ``parts``; the best one counts
    stems  in ``parts`` at STEM of the weight, where no term is found or they are better
    parts  of the word itself, OWN_PART in ``words`` and OWN_PART_IN_PART in ``parts``; all of them add up
    """

    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()

    @property
    def any_form(self) -> tuple[str, ...]:
        """By which a text has the word itself, whatever its form."""
        return (*self.terms, *self.stems)


def normalise(text: str) -> str:
    """NFC without invisible characters and ligatures: the form in which texts are indexed, highlighted and asked for.

    >>> normalise("bla\u030ab\u00adær"), normalise("\ufb01nne")
    ('blåbær', 'finne')
    """
    apart = LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", UNWANTED.sub("", apart))


def words(text: str) -> list[str]:
    """Lower-case words of a normalised text.

    >>> words("E-post til Rådet, 2024")
    ['e', 'post', 'til', 'rådet', '2024']
    """
    return [word.lower() for word in spelt(text)]


def spelt(text: str) -> list[str]:
    """Words of a normalised text as they stand there."""
    return WORD.findall(text)


def joined(text: str) -> list[str]:
    """Words in several pieces as they are written by those who write them in one.

    >>> joined("E-post til Oslo-kontoret 2019-2020, tlf. 62 00 08 80")
    ['epost', 'oslokontoret', '62000880']
    """
    return [in_one(word) for word in in_pieces(text)]


def in_pieces(text: str) -> list[str]:
    """Hyphenated words and numbers in groups as they stand in a normalised text; of years only the single ones.

    Longer hyphenated words also by how they begin.

    >>> in_pieces("10 000 e-poster 2019-2020 om covid-19-tiltak")
    ['e-poster', 'covid-19', 'covid-19-tiltak', '10 000']
    """
    found = ((TWO_PIECES.match(word)[0], word) for word in HYPHENATED.findall(text))  # type: ignore[index]
    hyphenated = [word for both in found for word in dict.fromkeys(both) if not in_one(word).isdigit()]
    return [*hyphenated, *NUMBERS.findall(text)]


def in_one(word: str) -> str:
    return "".join(WORD.findall(word)).lower()


def vocabulary(spelt_words: Iterable[str], language: str) -> dict[str, Analysed]:
    """Each different word as it stands in a text, analysed.

    >>> {word: found.term for word, found in vocabulary(["Nye", "hus", "Huset"], "nb").items()}
    {'Huset': 'hus', 'Nye': 'ny', 'hus': 'hus'}
    """
    return {word: analysed(word.lower(), language) for word in sorted(set(spelt_words))}


@lru_cache(maxsize=200_000)
def analysed(word: str, language: str) -> Analysed:
    """A lower-case word in a text of this language.

    >>> analysed("arbeidslivskonferansen", "nb")
    Analysed(term='arbeidslivskonferanse', parts=('arbeidsliv', 'konferanse', '~arbeidslivskonferans'))
    """
    whole = term(word, language)
    if language not in NORWEGIAN:
        return Analysed(whole)
    word = word[:MAX_TERM]
    found = [term(part, language) for part in compounds.parts(word, NORWEGIAN[language])]
    same = [whole]
    if language == "nn":  # found as nynorsk too, by other ways to say it, and by those who take it for bokmål
        others = [_base(word, "nn"), _base(word, "nb"), *map(plain, nynorsk.bokmaal(word))]
        same += [each for each in dict.fromkeys(others) if each not in (whole, *found)]
        found += same[1:]
    return Analysed(whole, (*found, *dict.fromkeys(map(_stem, same))))


def rests(word: str, language: str) -> list[str]:
    """A lower-case compound of a text from each of its further parts on.

    >>> rests("arbeidslivskonferansen", "nb"), rests("valgmenn", "nb")
    (['konferansen'], [])
    """
    found, at = [], 0
    for part in compounds.parts(word[:MAX_TERM], NORWEGIAN[language]) if language in NORWEGIAN else ():
        # It is a part of the base form, whose last letters may be others than those of the word.
        at = word.find(part[: compounds.SHORTEST_PART], at)
        if at < 0:
            break
        found.append(word[at:])
        at += len(part)
    return found[1:]


@lru_cache(maxsize=200_000)
def term(word: str, language: str) -> str:
    """The term of a lower-case word in a text of this language; nynorsk words have those of their bokmål ones.

    >>> term("idéene", "nb"), term("kárášjohka", "se")
    ('ide', '|karasjohka')
    """
    word = word[:MAX_TERM]
    if language == "nn" and (others := nynorsk.bokmaal(word)):
        return plain(others[0])
    if language in NORWEGIAN:
        return _base(word, NORWEGIAN[language])
    algorithm = STEMMERS.get(language)
    # marked, so that a Norwegian word is not taken for what the stem of another one happens to look like
    return f"{language}|{_stemmer(algorithm).stemWord(plain(word))}" if algorithm else f"|{plain(word)}"


@lru_cache(maxsize=20_000)
def lookup(word: str) -> Lookup:
    """What documents of any language hold a lower-case word of a query under.

    >>> lookup("elections").terms
    ('elections', 'en|elect', '|elections')
    """
    word = word[:MAX_TERM]
    norwegian = tuple(dict.fromkeys([term(word, "nb"), *map(plain, nynorsk.meant(word))]))
    parts = [term(part, "nb") for part in compounds.parts(word, "nb")]
    return Lookup(
        tuple(dict.fromkeys([*norwegian, term(word, "en"), term(word, "")])),
        tuple(dict.fromkeys(parts)),
        tuple(dict.fromkeys(map(_stem, norwegian))),
    )


def phrase_lookups(phrase: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Sequences of terms under which documents of any language hold these words one after another.

    >>> phrase_lookups(("åpne", "barnehager"))
    (('åpne', 'barnehage'), ('en|åpne', 'en|barnehag'), ('|åpne', '|barnehager'))
    """
    languages = (*STEMMERS, "")
    return tuple(dict.fromkeys(tuple(term(word, language) for word in phrase) for language in languages))


def _base(word: str, language: str) -> str:
    """The base form; of a word that nobody knows the stem, as it may be inflected all the same."""
    base = lemma(word, language)
    return plain(base if base != word or zipf(word) else _stemmer("norwegian").stemWord(word))


def _stem(term: str) -> str:
    return STEMMED + _stemmer("norwegian").stemWord(term)


@cache
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    # Without its own cache a stemmer keeps no state between words, so threads can share it.
    return Stemmer.Stemmer(algorithm, 0)
