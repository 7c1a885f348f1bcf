from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from articles.models import Network
from cms.content.times import OSLO
from cms.delivery.calendars import views
from cms.publishing.models import Change, Document
from cms.publishing.notes import note
from tests.integration.delivery.reading import calendar, events
from tests.integration.publishing import site


def url_of(page: Any, plural: str = "events") -> str:
    return f"/calendar/{plural}/{page.pk}.ics"


@pytest.fixture
def section(home: Any) -> Any:
    return site.add(home, site.section("Arrangement", slug="arrangement"))


def add(section: Any, title: str = "Fagdag", **fields: Any) -> Any:
    page = site.add(section, site.event(title, **fields))
    site.work()
    return page


PLACE = site.stream(("place", {"name": "Kulturhuset", "address": "Storgata 1", "municipality": "3403"}))
PROGRAMME = site.stream(
    (
        "item",
        {
            "start": "09:00",
            "end": "10:00",
            "title": "Velkommen",
            "speakers": [{"name": "Ola Nordmann", "title": "", "organisation": "", "email": "", "phone": ""}],
        },
    ),
)


def test_event_has_what_a_calendar_shows(section):
    page = add(
        section,
        "Konferanse; med, alt \\ mulig",
        start=datetime(2026, 3, 1, 9, tzinfo=OSLO),
        end=datetime(2026, 3, 1, 15, 30, tzinfo=OSLO),
        attendance="both",
        place=PLACE,
        programme=PROGRAMME,
        summary="Å lære, og le 😀",
        registration_url="https://skjema.example/pamelding?a=1,2;3",
    )
    found = calendar(url_of(page))
    assert (found["VERSION"], found["METHOD"], found["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    (event,) = events(url_of(page))
    assert event["SUMMARY"] == "Konferanse; med, alt \\ mulig"
    assert event["DTSTART"].dt == datetime(2026, 3, 1, 9, tzinfo=OSLO)
    assert event["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert event["DTEND"].dt == datetime(2026, 3, 1, 15, 30, tzinfo=OSLO)
    assert event["LOCATION"] == "Kulturhuset, Storgata 1, Hamar"
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"] == Client().get(f"/api/v1/content/{page.pk}/").json()["seo"]["canonical_url"]
    for text in (
        "Å lære, og le 😀",
        "https://skjema.example/pamelding?a=1,2;3",
        "09.00–10.00 Velkommen (Ola Nordmann)",
    ):
        assert text in event["DESCRIPTION"]
    assert "ORGANIZER" not in event
    assert Client().get(url_of(page))["Content-Disposition"] == f'attachment; filename="event-{page.pk}.ics"'


def test_days_are_days_and_the_end_is_outside(section):
    page = add(section, start=datetime(2026, 5, 1, tzinfo=OSLO), end=datetime(2026, 5, 2, tzinfo=OSLO), all_day=True)
    (event,) = events(url_of(page))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 5, 1), date(2026, 5, 3))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    one = add(section, "En dag", start=datetime(2026, 5, 1, tzinfo=OSLO), all_day=True)
    (event,) = events(url_of(one))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 5, 1), date(2026, 5, 2))


def test_no_end_is_no_end(section):
    (event,) = events(url_of(add(section)))
    assert "DTEND" not in event


def test_hour_that_comes_twice(section):
    """25 October 2026, 02:30: first in summer time, an hour later again in winter time."""
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    (event,) = events(url_of(add(section, start=first, end=second)))
    assert [event[name].dt.timestamp() for name in ("DTSTART", "DTEND")] == [first.timestamp(), second.timestamp()]


def test_what_was_before_the_rules_of_the_zone_is_in_utc(section):
    (event,) = events(url_of(add(section, start=datetime(1975, 6, 1, 11, tzinfo=UTC), end=None)))
    assert event["DTSTART"].to_ical() == b"19750601T110000Z"


def test_zone_says_when_clocks_change(section):
    (zone,) = calendar(url_of(add(section))).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Oslo"
    oslo = zone.to_tz(lookup_tzid=False)
    for moment in (datetime(1990, 9, 30, 12), datetime(1996, 10, 1), datetime(2026, 3, 29, 3), datetime(2060, 7, 1)):
        assert oslo.utcoffset(moment) == moment.replace(tzinfo=OSLO).utcoffset(), moment


@pytest.mark.parametrize(
    ("status", "expected"), [("planned", "CONFIRMED"), ("cancelled", "CANCELLED"), ("postponed", "TENTATIVE")]
)
def test_status(section, status, expected):
    (event,) = events(url_of(add(section, status=status)))
    assert event["STATUS"] == expected


def test_uid_stays_and_sequence_rises(home, section):
    page = add(section)
    (before,) = events(url_of(page))
    site.publish(page, title="Fagdag om vann", slug="vann")
    site.move(page, home)
    with override_settings(PUBLIC_URL="https://www.example.org"):
        site.work()
        (after,) = events("/calendar/events.ics")
    assert after["UID"] == before["UID"] == events(url_of(page))[0]["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


@pytest.mark.parametrize("remove", [site.unpublish, site.delete])
def test_removed_event_is_cancelled_and_says_nothing_of_itself(section, remove):
    page = add(section, "HEMMELIG", summary="HEMMELIG", place=PLACE)
    (before,) = events(url_of(page))
    remove(page)
    site.work()
    for url in (url_of(page), "/calendar/events.ics", "/calendar/events.ics?under=/arrangement/&year=2026"):
        (event,) = events(url)
        assert (event["UID"], event["STATUS"], event["SUMMARY"]) == (before["UID"], "CANCELLED", "Avlyst")
        assert event["DTSTART"].dt == before["DTSTART"].dt
        assert "DTEND" not in event
        assert event["SEQUENCE"] > before["SEQUENCE"]
        text = Client().get(url).content.decode()
        assert "HEMMELIG" not in text
        assert "Kulturhuset" not in text
    # whether it had the topic is no longer known
    for query in ("topic=vann", "under=/nyheter/", "date_to=2026-02-28", "year=2025", "language=en"):
        assert events(f"/calendar/events.ics?{query}") == []
    Document.objects.filter(pk=page.pk).update(removed_at=timezone.now() - timedelta(days=100))
    assert events("/calendar/events.ics") == []
    assert len(events(url_of(page))) == 1


def test_removed_days_stay_days(section):
    page = add(section, start=datetime(2026, 5, 1, tzinfo=OSLO), end=datetime(2026, 5, 2, tzinfo=OSLO), all_day=True)
    site.unpublish(page)
    site.work()
    (event,) = events(url_of(page))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 5, 1), date(2026, 5, 3))


def test_event_that_comes_back_is_on_again(section):
    page = add(section)
    site.unpublish(page)
    site.work()
    (off,) = events(url_of(page))
    site.publish(page)
    site.work()
    (on,) = events(url_of(page))
    assert (on["STATUS"], on["UID"]) == ("CONFIRMED", off["UID"])
    assert on["SEQUENCE"] > off["SEQUENCE"]


def test_never_public_is_not_found(section, api):
    hidden = site.add(section, site.event("Kladd"), live=False)
    news = site.add(section, site.news("Sak"))
    site.work()
    for path in (
        f"events/{hidden.pk}",
        f"events/{news.pk}",
        f"news/{news.pk}",
        "events/99999",
        "events/9999999999999999999",
        "x/1",
        "events/x",
    ):
        assert api.get(f"/calendar/{path}.ics", 404)["status"] == 404
    assert api.get("/calendar/news.ics", 404)["status"] == 404


def test_calendar_takes_filters(section, api):
    for month in (3, 4):
        add(section, f"Måned {month}", start=datetime(2026, month, 1, 9, tzinfo=OSLO))
    assert [event["SUMMARY"] for event in events("/calendar/events.ics")] == ["Måned 4", "Måned 3"]
    assert [event["SUMMARY"] for event in events("/calendar/events.ics?date_from=2026-03-15&under=/arrangement/")] == [
        "Måned 4"
    ]
    assert len(events("/calendar/events.ics?limit=1")) == 1
    assert str(calendar("/calendar/events.ics")["X-WR-CALNAME"]) == "Arrangementer – Formidle"
    for query in ("order=title", "cursor=x", "fields=*", "limit=0", "tema=x", "type=news-article"):
        assert query.partition("=")[0] in api.faults(f"/calendar/events.ics?{query}")


def test_long_calendar_is_read_in_parts(section, monkeypatch):
    monkeypatch.setattr(views, "CHUNK", 2)
    for day in range(1, 6):
        site.add(section, site.event(f"Dag {day}", start=datetime(2026, 3, day, 9, tzinfo=OSLO)))
    site.work()
    assert len(events("/calendar/events.ics")) == 5
    assert len(events("/calendar/events.ics?limit=3")) == 3
    monkeypatch.setattr(views, "MOST", 4)
    assert [event["SUMMARY"] for event in events("/calendar/events.ics")] == ["Dag 5", "Dag 4", "Dag 3", "Dag 2"]


def gathering(title: str, date: str = "", event: Any = None) -> tuple[str, dict[str, Any]]:
    value: dict[str, Any] = {
        "number": None,
        "title": title,
        "date": date,
        "attendance": "digital",
        "place": [],
        "event": None,
    }
    return "gathering", {**value, "event": event.pk if event else None}


def test_network_has_its_gatherings(home, section):
    page = add(section, "Samling om vann", start=datetime(2026, 3, 1, 9, tzinfo=OSLO))
    rows = (gathering("Første", "2026-01-10"), gathering("Andre", event=page), gathering("Senere", "2026-11"))
    network = site.add(home, Network(title="Vannettverket", gatherings=site.stream(*rows)))
    site.work()
    url = url_of(network, "networks")
    first, second = events(url)
    assert (first["SUMMARY"], first["DTSTART"].dt) == ("Første", date(2026, 1, 10))
    assert "Vannettverket" in first["DESCRIPTION"]
    assert second["UID"] == events(url_of(page))[0]["UID"]
    assert second["DTSTART"].dt == datetime(2026, 3, 1, 9, tzinfo=OSLO)
    assert str(calendar(url)["X-WR-CALNAME"]) == "Vannettverket"
    assert f"document:{page.pk}" in Client().get(url)["Cache-Tag"].split(",")
    site.publish(network, title="Vann")
    site.work()
    again = events(url)
    assert [event["UID"] for event in again] == [first["UID"], second["UID"]]
    assert again[0]["SEQUENCE"] > first["SEQUENCE"]
    site.unpublish(network)
    site.work()
    assert events(url) == []


def test_gathering_stays_when_its_page_is_no_event_any_more(home, section):
    """The plugin of the page's type was just switched off, and the documents are still being built anew."""
    page = add(section, "Samling om vann")
    network = site.add(home, Network(title="Vann", gatherings=site.stream(gathering("Andre", "2026-03-01", page))))
    site.work()
    Document.objects.filter(pk=page.pk).update(type="gone")
    (entry,) = events(url_of(network, "networks"))
    assert (entry["SUMMARY"], entry["DTSTART"].dt) == ("Andre", date(2026, 3, 1))


def test_text_cannot_add_lines_of_its_own(section):
    page = add(section, "Fagdag")
    odd = "a\rATTENDEE:mailto:x@example.org\x85b\u2028c\x07d"
    page.__class__.objects.filter(pk=page.pk).update(title=odd, summary=odd)
    note(f"page:{page.pk}", "test")
    site.work()
    (event,) = events(url_of(page))
    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == "a\nATTENDEE:mailto:x@example.org\nb\ncd"


def test_calendar_is_not_sent_again(section):
    page = add(section)
    Change.objects.update(at=timezone.now() - timedelta(hours=1))
    for url in (url_of(page), "/calendar/events.ics"):
        first = Client().get(url)
        for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            assert Client().get(url, headers=condition).status_code == 304
