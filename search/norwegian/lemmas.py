"""Base forms: simplemma's, where its list is wrong ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from simplemma import Lemmatizer

from search.norwegian.lexicon import zipf

SHORTEST = 3
"""Letters; shorter words are as they are."""
GENITIVE = 0.5
"""By how much a word is more common than its genitive, in powers of ten."""
CORRECTIONS = Path(__file__).with_name("lemmas.tsv")


def lemma(word: str, language: str) -> str:
    """The base form of a lower-case word; the word itself where none is known. ``language``: nb or nn.

    >>> lemma("barnehagene", "nb"), lemma("bøkene", "nb"), lemma("kommunane", "nn")
    ('barnehage', 'bok', 'kommune')
    >>> lemma("skolens", "nb"), lemma("felles", "nb")
    ('skole', 'felles')
    """
    if len(word) < SHORTEST:
        return word
    if known := corrections().get(word):
        return known
    base: str = _lemmatizer().lemmatize(word, lang=language).lower()
    if base == f"{word}e" and word.endswith("er") and zipf(word[:-2]) > zipf(base):
        return word[:-2]  # maskiner: more likely the noun's plural than the imperative of a verb
    if base == word and word.endswith("s") and zipf(word[:-1]) >= zipf(word) + GENITIVE:
        # skolens: skolen has a base form; a name has none, and its genitive shares its stem
        inflected = lemma(word[:-1], language)
        return inflected if inflected != word[:-1] else word
    return base


@cache
def corrections() -> dict[str, str]:
    return read_pairs(CORRECTIONS)


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer()


def read_pairs(path: Path) -> dict[str, str]:
    """Lines ``word<TAB>word``; ``#`` begins a comment line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))  # type: ignore[misc]
