"""The texts of an event in a calendar. In the active language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.website import events, moments
from cms.website.labels import label


def location(document: Mapping[str, Any]) -> str:
    """«Kulturhuset, Storgata 1, Gjøvik»; for what is only digital, that it is."""
    if place := document.get("place"):
        municipality = (place["municipality"] or {}).get("name", "")
        known = f"{place['name']} {place['address']}"
        parts = [place["name"], place["address"], municipality if municipality not in known else ""]
        return ", ".join(part for part in parts if part)
    return label("attendance", "digital") if document.get("attendance") == "digital" else ""


def description(document: Mapping[str, Any]) -> str:
    """Paragraphs: status, summary, registration, broadcast, programme, where to read more."""
    parts = [
        document.get("status_text") or "",
        document["summary"],
        "\n".join(_practical(document)),
        *_programme(document.get("programme") or ()),
        document["seo"]["canonical_url"],
    ]
    return "\n\n".join(part for part in parts if part)


def _practical(document: Mapping[str, Any]) -> Iterator[str]:
    if organisers := document.get("organisers"):
        yield f"{_('Organiser')}: {', '.join(organisers)}"
    if document.get("status") == "cancelled":
        return
    if url := document.get("registration_url"):
        full = f" ({_('Fully booked')})" if document.get("registration_full") else ""
        yield f"{_('Registration')}: {url}{full}"
    if deadline := document.get("registration_deadline"):
        yield f"{_('Deadline:')} {moments.moment(deadline, _language())}"
    if url := document.get("stream_url"):
        yield f"{_('Live stream')}: {url}"


def _programme(items: Any) -> Iterator[str]:
    """A paragraph a day, a line an item."""
    for day in events.days(items):
        heading = moments.day(day.date, _language(), weekday=True) if day.date else ""
        lines = [f"{_('Programme')}, {heading}" if heading else _("Programme")]
        yield "\n".join([*lines, *(_item(item) for item in day.items)])


def _item(item: Mapping[str, Any]) -> str:
    clock = [moments.clock(item[name], _language()) for name in ("start", "end") if item.get(name)]
    speakers = ", ".join(person["name"] for person in item.get("speakers") or () if person["name"])
    parts = ["–".join(clock), item["title"], f"({speakers})" if speakers else ""]
    return " ".join(part for part in parts if part)


def _language() -> str:
    return get_language() or "nb"
