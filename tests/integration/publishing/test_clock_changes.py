"""Events around the nights in which the clock of Europe/Oslo is changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.content import times
from tests.integration.publishing import site as s


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def ask(home, monkeypatch):
    """(moment, query) → titles of the events that a list has then."""
    twice = s.event("Timen to ganger", start=at("2026-10-25T02:30:00+02:00"), end=at("2026-10-25T02:30:00+01:00"))
    open_end = s.event("Uten slutt", start=at("2026-10-25T01:00:00+02:00"))
    short = s.event("Kort dag", start=at("2027-03-28T00:00:00+01:00"), all_day=True)
    begin, end = at("2027-03-28T01:30:00+01:00"), at("2027-03-28T03:30:00+02:00")
    missing = s.event("Over timen som mangler", start=begin, end=end)
    for page in (twice, open_end, short, missing):
        s.add(home, page)
    s.work()

    def titles(now: str, query: str) -> set[str]:
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: at(now))
            return {each["title"] for each in Client().get(f"/api/v1/events/?{query}").json()["results"]}

    return titles


def test_hour_that_comes_twice(ask):
    for now, when in (
        ("2026-10-25T02:29:59+02:00", "upcoming"),
        ("2026-10-25T02:30:00+02:00", "now"),
        ("2026-10-25T02:45:00+02:00", "now"),
        ("2026-10-25T02:15:00+01:00", "now"),
        ("2026-10-25T02:30:00+01:00", "past"),
    ):
        found = {each for each in ("past", "now", "upcoming") if "Timen to ganger" in ask(now, f"when={each}")}
        assert found == {when}, now


def test_event_without_an_end_lasts_to_the_end_of_a_day_of_25_hours(ask):
    assert "Uten slutt" in ask("2026-10-25T23:59:59+01:00", "when=now")
    assert "Uten slutt" in ask("2026-10-26T00:00:00+01:00", "when=past")


@pytest.mark.parametrize("days", [1, 8, 64])
def test_all_day_event_that_ends_with_a_day_of_25_hours_is_on_until_midnight(home, ask, days):
    last = date(2026, 10, 25)
    start, end = times.midnight(last - timedelta(days=days - 1)), times.midnight(last)
    s.add(home, s.event("Til natta", start=start, end=end, all_day=True))
    s.work()
    for when in ("now", "now,upcoming"):
        assert "Til natta" in ask("2026-10-25T23:30:00+01:00", f"when={when}")
    assert "Til natta" in ask("2026-10-26T00:00:00+01:00", "when=past")


def test_day_of_23_hours(ask):
    assert "Kort dag" in ask("2027-03-27T23:59:59+01:00", "when=upcoming")
    assert {"Kort dag", "Over timen som mangler"} <= ask("2027-03-28T03:15:00+02:00", "when=now")
    assert "Kort dag" in ask("2027-03-28T23:59:59+02:00", "when=now")
    assert "Kort dag" in ask("2027-03-29T00:00:00+02:00", "when=past")


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_days_of_filters_are_days_of_oslo(ask, day):
    here = {25: {"Timen to ganger", "Uten slutt"}, 28: {"Kort dag", "Over timen som mangler"}}[day.day]
    before, after = day.replace(day=day.day - 1), day.replace(day=day.day + 1)
    now = "2026-06-01T12:00:00+02:00"
    assert ask(now, f"date_from={day}&date_to={day}") == here
    assert not ask(now, f"date_from={before}&date_to={before}")
    assert not ask(now, f"date_from={after}&date_to={after}")
