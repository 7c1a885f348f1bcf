"""Feeds as programs of other people read them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import feedparser
from django.test import Client
from icalendar import Calendar

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(url: str) -> Any:
    """As a feed reader sees it; whatever is not well-formed fails."""
    response = Client().get(url)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    ElementTree.fromstring(response.content)
    found = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def json_feed(url: str) -> Any:
    response = Client().get(url)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()


def calendar(url: str, status: int = 200) -> Any:
    """As a program that subscribes sees it; lines that are no iCalendar fail."""
    response = Client().get(url)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    found: Any = Calendar.from_ical(body)
    assert not [error for event in found.walk("VEVENT") for error in event.errors]
    return found


def events(url: str) -> list[Any]:
    return list(calendar(url).walk("VEVENT"))
