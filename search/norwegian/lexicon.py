"""How common Norwegian words are: wordfreq's list of bokmål texts (nynorsk words are in it too, rarer)."""

from __future__ import annotations

import math
from functools import cache

OCCURRENCES_PER_BILLION = 9


@cache
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict  # not before it is needed: every command and every worker would wait for it

    return get_frequency_dict("nb", "large")


def zipf(word: str) -> float:
    """The logarithm of a lower-case word's occurrences in a billion: 7 for ``og``, 5 for ``skole``; 0 for unknown ones.

    >>> zipf("og") > zipf("skole") > zipf("skolehage") >= zipf("skolxx") == 0
    True
    """
    frequency = _frequencies().get(word, 0.0)
    return math.log10(frequency) + OCCURRENCES_PER_BILLION if frequency else 0.0
