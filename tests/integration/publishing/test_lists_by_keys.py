"""Lists found by keys are what a filter over all documents finds, in every order, page by page, in both directions."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from django.utils import timezone

from cms.publishing import list_plan
from cms.publishing.lists import ListQuery, list_documents
from tests.integration.publishing import corpus
from tests.integration.publishing.corpus import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[(10_000, 1500, 16), (10_000, 6, 1), (3, 1, 16)], ids=["gather", "mixed", "follow"])
def plan(request, monkeypatch):
    """The plans that a small site, a larger and a very large one would have."""
    for name, value in zip(("COUNTED", "GATHERED", "MOST_VALUES"), request.param, strict=True):
        monkeypatch.setattr(list_plan, name, value)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def ids_of(query: ListQuery) -> list[int]:
    return [row.id for row in list_documents(query).rows]


def walk(query: ListQuery, between=lambda: None) -> list[list[int]]:
    """Ids of the pages of a list, from first to last."""
    pages, cursor = [], None
    while True:
        found = list_documents(replace(query, cursor=cursor))
        pages.append([row.id for row in found.rows])
        assert bool(found.previous) == (cursor is not None and bool(found.rows))
        if not found.next:
            return pages
        cursor = found.next
        between()


def back(query: ListQuery) -> list[list[int]]:
    """The same from the last to the first, by ``previous``."""
    cursor = None
    while following := list_documents(replace(query, cursor=cursor)).next:
        cursor = following
    pages = []
    while True:
        found = list_documents(replace(query, cursor=cursor))
        pages.append([row.id for row in found.rows])
        if not found.previous:
            return pages[::-1]
        cursor = found.previous


@pytest.mark.parametrize("seed", range(3))
def test_any_list_is_what_a_filter_finds(plan, seed):
    chance = random.Random(seed)
    made = [corpus.make(chance, id_) for id_ in range(1, 90)]
    for each in made:
        each.write()
    for each in made[80:]:
        each.remove()
    found_any = 0
    for _ in range(150):
        query = corpus.ask(chance)
        wanted = corpus.expected(made[:80], query)
        pages = walk(query)
        assert [each for page in pages for each in page] == wanted, query
        assert sorted(each for page in back(query) for each in page) == sorted(wanted), query
        found_any += bool(wanted)
    assert found_any > 50


@pytest.mark.parametrize("seed", range(2))
def test_rows_that_stay_are_seen_once_while_others_come_go_and_change(plan, seed):
    chance = random.Random(seed)
    made = {id_: corpus.make(chance, id_) for id_ in range(1, 60)}
    for each in made.values():
        each.write()
    for _ in range(20):
        query = replace(corpus.ask(chance), limit=chance.choice([1, 2, 3]))
        before = corpus.expected(list(made.values()), query)
        touched: set[int] = set()

        def change(touched=touched):
            id_ = chance.choice([*made, max(made) + 1])
            touched.add(id_)
            if chance.random() < 0.3 and id_ in made:
                made.pop(id_).remove()
            else:
                made[id_] = corpus.make(chance, id_)
                made[id_].write()

        seen = [each for page in walk(query, change) for each in page]
        stayed = [each for each in before if each not in touched]
        assert [each for each in seen if each not in touched] == stayed, query


def test_cursor_outside_of_the_days_asked_for(plan):
    """A client may keep a cursor and ask for other days."""
    chance = random.Random(7)
    made = [corpus.make(chance, id_) for id_ in range(1, 60)]
    for each in made:
        each.write()
    for order in ("newest", "oldest", "soonest", "latest"):
        query = ListQuery(site_id=1, order=order, limit=4)
        cursor = list_documents(query).next
        assert cursor
        behind = {each for page in walk(replace(query, cursor=None))[1:] for each in page}
        days = replace(query, date_from=NOW.date(), date_to=NOW.date(), limit=100)
        wanted = [each for each in corpus.expected(made, days) if each in behind]
        assert ids_of(replace(days, cursor=cursor)) == wanted


def test_many_values_and_types(plan):
    chance = random.Random(3)
    made = [corpus.make(chance, id_) for id_ in range(1, 60)]
    for each in made:
        each.write()
    values = (*"abc", *(f"none-{number}" for number in range(47)))
    for order in ("newest", "title", "latest"):
        query = ListQuery(site_id=1, keys=(("topic", values),), order=order, limit=100)
        assert ids_of(query) == corpus.expected(made, query)
