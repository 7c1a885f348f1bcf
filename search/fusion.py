"""Ranks what words found by what it means as well: a linear sum of both scores. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.index import Ranked

WINDOW = 100
"""Of the best by words, those that are ranked anew; the rest follow as they are."""
WEIGHT = 0.15
"""More of it costs what is looked for by rare words, less of it gains little (docs/search.md)."""


def fused(ranked: Sequence[Ranked], similarities: Mapping[int, float]) -> list[Ranked]:
    """The nearest of them in meaning gains a sixth of the best score, the farthest nothing; ties stand by id.

    ``similarities``: by id, of as many as are known
    """
    if not similarities:
        return list(ranked)
    lowest, highest = min(similarities.values()), max(similarities.values())
    most = WEIGHT / (1 - WEIGHT) * ranked[0].key
    span = (highest - lowest) or 1.0

    def key(each: Ranked) -> float:
        return round(each.key + most * (similarities.get(each.id, lowest) - lowest) / span, 4)

    return sorted((replace(each, key=key(each)) for each in ranked), key=lambda each: (-each.key, each.id))
