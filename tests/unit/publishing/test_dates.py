"""From when to when a page counts as going on."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from cms.content.times import OSLO
from cms.publishing.build import _dates
from cms.publishing.spans import MOST_YEARS, years

PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
START = datetime(2026, 3, 28, 18, tzinfo=OSLO)


def dates(**values):
    page = SimpleNamespace(**{"start": START, "end": None, "all_day": False, **values})
    return _dates(page, ("start", "end"), PUBLISHED)


def test_page_without_dates_has_that_of_its_publishing():
    assert _dates(SimpleNamespace(), None, PUBLISHED) == (PUBLISHED, PUBLISHED)
    assert dates(start=None) == (PUBLISHED, PUBLISHED)


def test_event_goes_on_from_start_to_end():
    end = datetime(2026, 3, 30, 12, tzinfo=OSLO)
    assert dates(end=end) == (START, end)


def test_event_without_end_goes_on_until_midnight():
    assert dates() == (START, datetime(2026, 3, 29, tzinfo=OSLO))


@pytest.mark.parametrize(
    ("last", "midnight"),
    [
        # on 29 March 2026 the clock goes forward: the day has 23 hours
        (datetime(2026, 3, 29, 10, tzinfo=OSLO), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (None, datetime(2026, 3, 28, 23, tzinfo=UTC)),
    ],
)
def test_event_of_whole_days_includes_its_last(last, midnight):
    start, end = dates(end=last, all_day=True)
    assert start == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert end == midnight


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (START, START, ["2026"]),
        (datetime(2025, 12, 31, 18, tzinfo=OSLO), datetime(2026, 1, 1, tzinfo=OSLO), ["2025"]),
        (datetime(2025, 12, 31, 18, tzinfo=OSLO), datetime(2026, 1, 1, 1, tzinfo=OSLO), ["2025", "2026"]),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), datetime(2028, 1, 2, tzinfo=OSLO), ["2026", "2027", "2028"]),
    ],
)
def test_years_are_those_that_an_event_lasts_into(start, end, found):
    assert years(start, end) == found


def test_event_without_sense_has_not_thousands_of_years():
    assert len(years(datetime(1000, 1, 2, tzinfo=OSLO), datetime(9998, 1, 1, tzinfo=OSLO))) == MOST_YEARS
