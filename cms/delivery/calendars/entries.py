"""What a calendar tells of an event, of a network's gathering, and of an event that is no longer public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext as _

from cms.content.times import OSLO
from cms.delivery.calendars.description import description, location
from cms.plugins import registry
from cms.publishing.reads import DocumentRow
from cms.publishing.syndication import Removed
from cms.website.languages import ui_language

STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
CONFIRMED = "CONFIRMED"
DAY = timedelta(days=1)
RULES_SINCE = datetime(1981, 3, 29, 2, tzinfo=UTC)
"""Where the rules of ``ical.ZONE`` begin."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``start`` and ``end`` are both days or both moments; ``end`` is the first day or moment after it, if known.

    ``sequence`` rises with every change of what is told.
    """

    uid: str
    sequence: int
    changed_at: datetime
    title: str
    start: date
    end: date | None
    status: str = CONFIRMED
    created_at: datetime | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()


def of_event(row: DocumentRow, document: Mapping[str, Any], permanent_id: UUID) -> Entry | None:
    """None for an event without a start, or of a type that does not show it or whose plugin was just switched off."""
    content_type = registry.content_types().get(row.type)
    start_key, end_key = content_type.spec.date_keys if content_type else ("", "")
    if not document.get(start_key):
        return None
    start, end = _span(document[start_key], document.get(end_key))
    with translation.override(ui_language(row.language)):
        return Entry(
            uid=str(permanent_id),
            sequence=row.version,
            changed_at=row.last_modified,
            created_at=_instant(document["first_published_at"]),
            title=document["title"],
            start=start,
            end=end,
            status=STATUS.get(document.get("status", ""), CONFIRMED),
            location=location(document),
            description=description(document),
            url=document["seo"]["canonical_url"],
            categories=tuple(topic["label"] for topic in document.get("topics") or ()),
        )


def of_gathering(
    row: DocumentRow, network: Mapping[str, Any], gathering: Mapping[str, Any], permanent_id: UUID
) -> Entry | None:
    """A gathering without an event page of its own. None where only its month or year is known."""
    day = gathering.get("date") or ""
    if len(day) != len("2026-03-01"):
        return None
    with translation.override(ui_language(row.language)):
        return Entry(
            uid=str(uuid5(permanent_id, str(gathering["id"]))),
            sequence=row.version,
            changed_at=row.last_modified,
            created_at=_instant(network["first_published_at"]),
            title=gathering["title"] or network["title"],
            start=date.fromisoformat(day),
            end=date.fromisoformat(day) + DAY,
            location=location(gathering),
            description=f"{network['title']}\n{network['seo']['canonical_url']}",
            url=network["seo"]["canonical_url"],
        )


def of_removed(row: Removed) -> Entry:
    """Tells the calendars that have the event that it is off, and nothing else: its title is not ours to show."""
    start, end = row.date_start.astimezone(OSLO), row.date_end.astimezone(OSLO)
    with translation.override(ui_language(row.language)):
        title = _("Cancelled")
    days = _is_midnight(start) and _is_midnight(end) and end > start
    # without an end, an event is filed as lasting to the end of its day
    open_end = _is_midnight(end) and end.date() == start.date() + DAY
    return Entry(
        uid=str(row.permanent_id),
        sequence=row.version,
        changed_at=row.removed_at,
        title=title,
        start=start.date() if days else _moment(start),
        end=end.date() if days else None if open_end or end <= start else _moment(end),
        status="CANCELLED",
    )


def _span(start: str, end: str | None) -> tuple[date, date | None]:
    """Days are inclusive in documents; in calendars the end is outside."""
    if "T" not in start:
        first, last = date.fromisoformat(start), date.fromisoformat((end or start)[:10])
        return first, max(first, last) + DAY
    begins = datetime.fromisoformat(start)
    ends = datetime.fromisoformat(end) if end and "T" in end else None
    return _moment(begins), _moment(ends) if ends and ends > begins else None


def _moment(moment: datetime) -> datetime:
    """In Norwegian time; in UTC what that cannot say: the hour that comes twice in autumn, the second time, and what
    was before the rules that calendars are given."""
    local = moment.astimezone(OSLO)
    return local.astimezone(UTC) if local.fold or local < RULES_SINCE else local


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
