"""Golden queries about the demo site: every one can be asked, and together they are answered well."""

from __future__ import annotations

import json

import pytest

from search import golden
from tests.contract.conftest import Site

pytestmark = pytest.mark.slow
FLOOR = 0.93
"""nDCG@10 of all; a little below what it is."""


def test_demo_site_answers_its_golden_queries(demo_site: Site):
    asked = len(list(golden.load(golden.DEMO)))
    told = demo_site.manage("search", "golden", "--fail-under", str(FLOOR))
    print(told.stdout)
    assert told.returncode == 0, told.stderr
    assert f"n={asked:4d}" in told.stdout.splitlines()[0]
    assert asked >= 60
    assert {each.set for each in golden.load(golden.DEMO)} >= {"part", "inflection", "typo", "nynorsk", "name", "date"}


def test_running_worker_rebuilds_and_the_gate_lets_it_through(demo_site: Site):
    before = json.loads(demo_site.manage("search", "status").stdout)["search"]
    told = demo_site.manage("search", "rebuild", "--wait", "120")
    assert told.returncode == 0, told.stderr
    after = json.loads(demo_site.manage("search", "status").stdout)["search"]
    assert after["in_use"]["generation"] != before["in_use"]["generation"]
    assert after["in_use"]["documents"] == before["in_use"]["documents"] > 30
    assert (after["gate"]["passed"], after["candidate"], after["left"]) == (True, None, 0)
    assert after["golden"]["ndcg"] >= FLOOR
