from __future__ import annotations

from datetime import datetime

import pytest

from cms.website import events

EVENT = {
    "start": "2019-01-31T09:00:00+01:00",
    "end": "2019-01-31T11:30:00+01:00",
    "status": "planned",
    "registration_url": "https://example.org/p",
    "registration_deadline": "2019-01-24",
    "registration_full": False,
}


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2019-01-31T08:59:59+01:00", "upcoming"),
        ("2019-01-31T09:00:00+01:00", "now"),
        ("2019-01-31T11:29:59+01:00", "now"),
        ("2019-01-31T11:30:00+01:00", "past"),
    ],
)
def test_phase(now, expected):
    assert events.phase(EVENT, at(now)) == expected


def test_event_without_end_lasts_to_the_end_of_its_first_day():
    event = EVENT | {"end": None}
    assert events.phase(event, at("2019-01-31T23:59:00+01:00")) == "now"
    assert events.phase(event, at("2019-02-01T00:00:00+01:00")) == "past"


def test_all_day_event_lasts_through_its_last_day():
    event = {"start": "2024-03-07", "end": "2024-03-08"}
    assert events.phase(event, at("2024-03-08T22:00:00+01:00")) == "now"
    assert events.phase(event, at("2024-03-09T00:00:00+01:00")) == "past"


def test_draft_without_start_has_no_phase():
    assert events.phase({"start": None}, at("2019-01-01T00:00:00+01:00")) == ""


@pytest.mark.parametrize(
    ("changes", "now", "expected"),
    [
        ({}, "2019-01-24T23:00:00+01:00", "open"),
        ({}, "2019-01-25T00:00:00+01:00", "closed"),
        ({"registration_full": True}, "2019-01-20T00:00:00+01:00", "full"),
        ({"registration_deadline": "2019-01-24T12:00:00+01:00"}, "2019-01-24T12:00:00+01:00", "closed"),
        ({"registration_deadline": None}, "2019-01-30T12:00:00+01:00", "open"),
        ({"registration_deadline": None}, "2019-02-10T12:00:00+01:00", ""),
        ({"registration_url": None}, "2019-01-20T00:00:00+01:00", ""),
        ({"status": "cancelled"}, "2019-01-20T00:00:00+01:00", ""),
    ],
)
def test_registration(changes, now, expected):
    assert events.registration(EVENT | changes, at(now)) == expected


def test_programme_by_day():
    items = [{"date": "2019-01-31"}, {"date": "2019-01-31"}, {"date": "2019-02-01"}]
    assert [(day.date, len(day.items)) for day in events.days(items)] == [("2019-01-31", 2), ("2019-02-01", 1)]
