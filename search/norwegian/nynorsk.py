"""Nynorsk words as bokmål says them, so that one finds the other's texts.

Our own pairs are in the repository. ``manage.py build_nynorsk_map`` adds Apertium's, which are under the GPL and
therefore a file of the installation, never of the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from search.norwegian import sound
from search.norwegian.apertium import Pair
from search.norwegian.lemmas import lemma
from search.norwegian.lexicon import zipf

OWN = Path(__file__).with_name("nynorsk.tsv")
BUILT = "nynorsk-gpl.tsv"
"""In the data folder."""

COMMON = 4.0
"""Zipf frequency from which a word is bokmål as well, so that a query's word is not taken for nynorsk."""
RARE = 2.0
"""Zipf frequency below which a word is hardly bokmål at all."""
MOST = 3
"""Bokmål words kept of a nynorsk one."""

HEAD = """\
# Nynorsk base form, tab, bokmål base forms with tabs between, the most common first.
# Made from Apertium's dictionary apertium-nno-nob, copyright Kevin Brubeck Unhammer, Trond Trosterud and others.
# Source: {source}, SHA-256 {digest}; https://apertium.org/
# Licence: GNU General Public License, version 2 or later (GPL-2.0-or-later); this file alone, not Formidle.
# Made by manage.py build_nynorsk_map; without this file search uses its own pairs.
"""


def built() -> Path:
    return Path(settings.FORMIDLE_DATA) / BUILT


def write(path: Path, pairs: Iterable[Pair], source: Path) -> int:
    """Writes what the analysis reads, in one step; returns the number of words."""
    lines = ["\t".join([word, *others]) for word, others in sorted(chosen(pairs).items())]
    head = HEAD.format(source=source.name, digest=hashlib.sha256(source.read_bytes()).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".new")
    half.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    half.replace(path)
    return len(lines)


def chosen(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    """The words that bokmål has others for; a name only where it is no other word as well.

    >>> chosen([Pair("heim", "hjem", False), Pair("tale", "tale", False), Pair("tale", "snakke", False)])
    {'heim': ('hjem',)}
    """
    words: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    for pair in pairs:
        (names if pair.name else words).setdefault(pair.nynorsk, []).append(pair.bokmaal)
    return {
        word: tuple(sorted(dict.fromkeys(others), key=lambda other: (-zipf(other), other))[:MOST])
        for word, others in {**names, **words}.items()
        if word not in others
    }


@cache
def fingerprint() -> str:
    """Of the file in the data folder; "" without one."""
    try:
        return hashlib.sha256(built().read_bytes()).hexdigest()[:12]
    except FileNotFoundError:
        return ""


@cache
def pairs() -> dict[str, tuple[str, ...]]:
    """Base form → base forms, the best first: ours, then Apertium's where they have been fetched."""
    found = dict(_read(OWN))
    if built().exists():
        for word, others in _read(built()):
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *others)))
    return found


@lru_cache(maxsize=100_000)
def bokmaal(word: str) -> tuple[str, ...]:
    """The bokmål base forms of a word of a nynorsk text, the best first; none where it is the same, or unknown.

    >>> bokmaal("kyrkja"), bokmaal("folkerøystinga"), bokmaal("kommune")
    (('kirke',), ('folkeavstemning',), ())
    """
    if others := paired(word):
        return others
    sounds = sound.bokmaal(word) or sound.bokmaal(lemma(word, "nn"))
    return (lemma(sounds, "nb"),) if sounds else ()


def paired(word: str) -> tuple[str, ...]:
    """What the lists say, not the rules."""
    known = pairs()
    return known.get(word) or known.get(lemma(word, "nn")) or ()


def meant(word: str) -> tuple[str, ...]:
    """What a word of a query, whose language nobody told, is to be looked up as if it is nynorsk; mostly nothing.

    Lists are believed of words that are not common in bokmål, rules only of those that hardly occur there.

    >>> meant("kyrkja"), meant("moglegheitene"), meant("tale")
    (('kirke',), ('mulighet',), ())
    """
    frequency = zipf(word)
    if frequency >= COMMON:
        return ()
    others = bokmaal(word) if frequency < RARE else paired(word)
    return others[:1] or (lemma(word, "nn"),)


def _read(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, *others = line.split("\t")
            yield word, tuple(others)
