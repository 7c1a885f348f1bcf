from __future__ import annotations

import pytest

from cms.content.packages.comparison import same
from cms.content.packages.faults import Fault, Faults, in_order, place
from cms.content.packages.siblings import longest_rise


def test_places_nest_and_return() -> None:
    faults = Faults()
    with faults.at("pages", 3), faults.at("programme"), faults.at(0, "start"):
        faults.fault("expected a time,\n HH:MM")
    with faults.at("site"):
        faults.fault("no")
    assert [str(fault) for fault in faults.found] == ["pages[3].programme[0].start: expected a time, HH:MM", "site: no"]


def test_a_strange_key_stays_on_its_line() -> None:
    assert place(["images", "a.b\n", "file"]) == 'images["a.b\\n"].file'


def test_a_long_fault_is_cut() -> None:
    assert len(str(Fault("pages", "x" * 5000))) < 350


def test_faults_come_in_the_order_of_the_pages_each_once() -> None:
    late, early, other = Fault("pages[10].title", ""), Fault("pages[9].title", ""), Fault("pages[10].end", "")
    assert in_order([late, early, other, late]) == [early, late, other]


@pytest.mark.parametrize(
    ("wanted", "found", "equal"),
    [
        ([{"id": "", "value": "x"}], [{"id": "4f1c", "value": "x"}], True),
        ([{"id": "4f1c", "value": "x"}], [{"id": "77aa", "value": "x"}], False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1], [1, 2], False),
        (None, "", False),
    ],
)
def test_ids_that_the_package_does_not_name_make_no_difference(wanted: object, found: object, equal: bool) -> None:
    assert same(wanted, found) is equal


@pytest.mark.parametrize(
    ("values", "positions"), [("", set()), ("abc", {0, 1, 2}), ("cab", {1, 2}), ("zabc", {1, 2, 3}), ("cba", {2})]
)
def test_the_longest_rise_is_what_need_not_move(values: str, positions: set[int]) -> None:
    assert longest_rise(values) == positions
