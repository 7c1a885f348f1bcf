from __future__ import annotations

import threading
import time

import pytest

from search.breaker import Breaker
from search.contract import EngineUnavailable, IndexMissing

OPEN_S = 0.2


@pytest.fixture
def breaker():
    return Breaker(limit_s=0.05, failures=3, open_s=OPEN_S)


def fails():
    raise EngineUnavailable("down")


def missing():
    raise IndexMissing("nothing there")


def test_answers_pass(breaker):
    assert breaker.call(lambda: 7) == 7


def test_opens_after_failures_in_a_row_and_asks_no_more(breaker):
    asked = []
    for _ in range(2):
        with pytest.raises(EngineUnavailable):
            breaker.call(fails)
    breaker.call(lambda: "well")
    for _ in range(3):
        with pytest.raises(EngineUnavailable, match="down"):
            breaker.call(fails)
    assert breaker.is_open
    with pytest.raises(EngineUnavailable, match="lately"):
        breaker.call(lambda: asked.append(1))
    assert not asked


def test_slow_call_is_cut_and_counts_as_a_failure(breaker):
    over = threading.Event()
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(EngineUnavailable, match=r"within 0\.05 s"):
            breaker.call(lambda: over.wait(5))
    over.set()
    assert time.monotonic() - began < 2
    assert breaker.is_open


def test_one_probe_at_a_time_and_it_closes_the_breaker(breaker):
    for _ in range(3):
        with pytest.raises(EngineUnavailable):
            breaker.call(fails)
    time.sleep(OPEN_S)
    others = []

    def probe():
        with pytest.raises(EngineUnavailable, match="lately"):
            breaker.call(lambda: others.append(1))
        return "well"

    assert breaker.call(probe) == "well"
    assert not others
    assert not breaker.is_open
    assert breaker.call(lambda: 7) == 7


def test_probe_that_fails_keeps_it_open(breaker):
    for _ in range(3):
        with pytest.raises(EngineUnavailable):
            breaker.call(fails)
    time.sleep(OPEN_S)
    with pytest.raises(EngineUnavailable, match="down"):
        breaker.call(fails)
    with pytest.raises(EngineUnavailable, match="lately"):
        breaker.call(lambda: 7)


def test_engine_that_has_no_index_yet_does_answer(breaker):
    for _ in range(5):
        with pytest.raises(IndexMissing):
            breaker.call(missing)
    assert not breaker.is_open
