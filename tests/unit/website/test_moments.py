from __future__ import annotations

import pytest

from cms.website import moments


def text(pieces):
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("start", "end", "language", "expected"),
    [
        ("2019-01-31T09:00:00+01:00", "2019-01-31T11:30:00+01:00", "nb", "31. januar 2019 kl. 09.00–11.30"),
        ("2019-01-31T09:00:00+01:00", "2019-01-31T11:30:00+01:00", "en", "31 January 2019, 09:00–11:30"),
        ("2019-01-31T09:00:00+01:00", None, "nn", "31. januar 2019 kl. 09.00"),
        (
            "2019-01-31T09:00:00+01:00",
            "2019-02-01T12:00:00+01:00",
            "nb",
            "31. januar 2019 kl. 09.00 – 1. februar 2019 kl. 12.00",
        ),
        ("2024-03-07", "2024-03-08", "nb", "7.–8. mars 2024"),
        ("2024-03-30", "2024-04-02", "nb", "30. mars – 2. april 2024"),
        ("2024-12-30", "2025-01-02", "en", "30 December 2024 – 2 January 2025"),
        ("2024-03-07", "2024-03-07", "nb", "7. mars 2024"),
    ],
)
def test_span_says_nothing_twice(start, end, language, expected):
    assert text(moments.span(start, end, language)) == expected


def test_span_with_weekday_names_the_day_once():
    pieces = moments.span("2019-01-31T09:00:00+01:00", "2019-01-31T11:30:00+01:00", "nb", weekday=True)
    assert text(pieces) == "torsdag 31. januar 2019 kl. 09.00–11.30"
    assert [piece.iso for piece in pieces] == ["2019-01-31T09:00:00+01:00", "", "2019-01-31T11:30:00+01:00"]


@pytest.mark.parametrize(
    ("moment", "expected"), [("2024", "2024"), ("2024-05", "mai 2024"), ("2024-08-29", "29. august 2024")]
)
def test_day_is_as_precise_as_what_is_known(moment, expected):
    assert moments.day(moment, "nb") == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2011", None, "2011–"),
        ("2011", "2015", "2011–2015"),
        ("2015-08", "2019", "august 2015 – 2019"),
        (None, "2020", "–2020"),
        ("2020", "2020", "2020"),
        (None, None, ""),
    ],
)
def test_period(start, end, expected):
    assert text(moments.period(start, end, "nb")) == expected
