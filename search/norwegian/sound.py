"""How bokmål would write a nynorsk word that no list has: by the regular differences between the two.

A rule alone would be wrong too often (*hei* is not *he*). What it makes has to be a known bokmål word, and a much more
common one in bokmål texts than the word itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from search.norwegian.lexicon import zipf

ENDINGS = (
    ("leikane", "lighetene"),
    ("leiken", "ligheten"),
    ("leiken", "heten"),
    ("leik", "lighet"),
    ("leik", "het"),
    ("heita", "heten"),
    ("heit", "het"),
    ("lege", "lige"),
    ("legare", "ligere"),
    ("leg", "lig"),
    ("lause", "løse"),
    ("laust", "løst"),
    ("laus", "løs"),
    ("løysa", "løsheten"),
    ("løyse", "løshet"),
    ("semd", "somhet"),
    ("same", "somme"),
    ("sam", "som"),
    ("gjere", "gjøre"),
    ("arane", "erne"),
    ("arar", "ere"),
    ("aren", "eren"),
    ("ar", "er"),
    ("ane", "ene"),
    ("ande", "ende"),
    ("aste", "este"),
    ("ast", "est"),
    ("ingane", "ningene"),
    ("ingar", "ninger"),
    ("inga", "ningen"),
    ("ing", "ning"),
    ("inga", "elsen"),
    ("ing", "else"),
    ("ingane", "ingene"),
    ("ingar", "inger"),
    ("inga", "ingen"),
    ("kja", "ken"),
    ("gja", "gen"),
    ("kje", "ke"),
    ("gje", "ge"),
    ("a", "en"),
    ("a", "et"),
    ("a", "e"),
)
INNER = (
    ("ei", "e"),
    ("au", "ø"),
    ("øy", "ø"),
    ("eg", "ei"),
    ("øg", "øy"),
    ("jø", "e"),
    ("ju", "y"),
    ("mn", "vn"),
    ("tn", "nn"),
    ("gje", "gi"),
    ("eld", "ild"),
    ("ere", "øre"),
)
BEGINNINGS = (("kv", "hv"),)

SHORTEST_STEM = 2
"""Letters before an ending."""
KNOWN = 2.5
"""Zipf frequency of a word that is believed."""
MORE_COMMON = 0.8
"""By how much it has to be more common, in powers of ten."""
UNKNOWN = 1.7
"""Taken for the frequency of words that the list does not have."""


@lru_cache(maxsize=50_000)
def bokmaal(word: str) -> str | None:
    """The bokmål word in the same inflection; None where no rule leads to one.

    >>> bokmaal("kritikarane"), bokmaal("heilt"), bokmaal("sjukehuset"), bokmaal("hei")
    ('kritikerne', 'helt', 'sykehuset', None)
    """
    enough = max(KNOWN, (zipf(word) or UNKNOWN) + MORE_COMMON)
    best = max(((zipf(each), each) for each in _candidates(word)), default=(0.0, ""))
    return best[1] if best[0] >= enough else None


def _candidates(word: str) -> Iterator[str]:
    """The word with another ending, another sound, or both."""
    bases = [word]
    for nynorsk, bokmaal in ENDINGS:
        if word.endswith(nynorsk) and len(word) - len(nynorsk) >= SHORTEST_STEM:
            bases.append(word[: -len(nynorsk)] + bokmaal)
    yield from bases[1:]
    for base in bases:
        for nynorsk, bokmaal in BEGINNINGS:
            if base.startswith(nynorsk):
                yield bokmaal + base[len(nynorsk) :]
        for nynorsk, bokmaal in INNER:
            place = base.find(nynorsk)
            while place >= 0:
                yield base[:place] + bokmaal + base[place + len(nynorsk) :]
                place = base.find(nynorsk, place + 1)
