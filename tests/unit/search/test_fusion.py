from __future__ import annotations

import pytest

from search.fusion import WEIGHT, fused
from search.index import Ranked


def ranked(*scores: float) -> list[Ranked]:
    return [Ranked(number, 1, score, None) for number, score in enumerate(scores, 1)]


def test_the_nearest_gains_most_and_the_farthest_nothing():
    found = fused(ranked(9.0, 8.0, 3.0), {1: 0.70, 2: 0.85, 3: 0.80})
    assert [each.id for each in found] == [2, 1, 3]
    most = 9 * WEIGHT / (1 - WEIGHT)
    assert [each.key for each in found] == pytest.approx([8 + most, 9, 3 + most * 2 / 3], abs=1e-3)


def test_nobody_falls_below_a_score_that_was_not_looked_at():
    before = ranked(9.0, 8.0, 7.0)
    found = {each.id: each.key for each in fused(before, {1: 0.7, 2: 0.8, 3: 0.9})}
    assert all(found[each.id] >= each.key for each in before)


def test_ties_stand_by_id():
    assert [each.id for each in fused(ranked(5.0, 5.0, 5.0), {3: 0.8, 2: 0.8, 1: 0.8})] == [1, 2, 3]


def test_what_has_no_vector_keeps_its_score():
    keys = {each.id: each.key for each in fused(ranked(5.0, 4.0, 3.0), {2: 0.8, 3: 0.7})}
    assert (keys[1], keys[3]) == (5.0, 3.0)
    assert keys[2] > 4.0
    assert fused(ranked(5.0, 4.0), {}) == ranked(5.0, 4.0)
