"""iCalendar (RFC 5545), as programs that subscribe to a calendar read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from functools import lru_cache

from icalendar import Calendar, Component, Event

from cms.delivery.calendars.entries import Entry
from cms.delivery.characters import for_calendar

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Formidle//Formidle//NO"
END = b"END:VCALENDAR\r\n"
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19810927T030000
RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=-1SU;UNTIL=19950924T010000Z
END:STANDARD
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""Norwegian time by its rules since 1981, for ever: the list of dates that icalendar makes ends in 2038."""


def write(entries: Iterable[Entry], name: str = "") -> bytes:
    """``name`` is for calendars to subscribe to; a single event is put into the reader's own calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", for_calendar(name))
        calendar.add("x-wr-calname", for_calendar(name))
        calendar.add("x-wr-timezone", "Europe/Oslo")
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(Component.from_ical(ZONE))
    return b"".join((calendar.to_ical(sorted=False).removesuffix(END), *map(_event, entries), END))


@lru_cache(maxsize=2048)
def _event(entry: Entry) -> bytes:
    """Writing takes about a millisecond, and most events of a calendar are as they were when it was last asked for."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    # METHOD makes this the time of the message; the same for everybody who asks, so that a copy stays good
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    if entry.created_at:
        event.add("created", entry.created_at.astimezone(UTC))
    event.add("dtstart", entry.start)
    if entry.end:
        event.add("dtend", entry.end)
    event.add("summary", for_calendar(entry.title))
    event.add("status", entry.status)
    for key in ("location", "description"):
        if text := getattr(entry, key):
            event.add(key, for_calendar(text))
    if entry.categories:
        event.add("categories", [for_calendar(each) for each in entry.categories])
    if entry.url:
        event.add("url", entry.url)
    return bytes(event.to_ical(sorted=False))
