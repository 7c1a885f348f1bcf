"""What can be wrong with the times of an event, its programme and a project's period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cms.content.times import OSLO
from cms.content.validation import Finding, stop, warn

MOMENT = timedelta(minutes=1)
"""How long an item without an end takes, when it is compared with others."""


class Slot(NamedTuple):
    """A programme item on the clock of Europe/Oslo; ``position``: in the form."""

    position: int
    title: str
    track: str
    day: date
    start: datetime
    end: datetime


def event_findings(event: Any) -> Iterator[Finding]:
    yield from _hours(event)
    yield from _place(event)
    yield from _deadline(event)
    if event.start:
        slots = list(_slots(event))
        yield from _days_of_programme(event, slots)
        yield from _hours_of_programme(event, slots)
        yield from _collisions(slots)


def _hours(event: Any) -> Iterator[Finding]:
    if not event.end:
        yield warn(_("The event has no end. Visitors and calendars then only know when it starts."), "end")
    elif event.start and _ends_before_start(event):
        yield stop(_("The event ends before it starts. Correct the start or the end."), "end")


def _ends_before_start(event: Any) -> bool:
    start, end = _local(event.start), _local(event.end)
    return end.date() < start.date() if event.all_day else end < start


def _place(event: Any) -> Iterator[Finding]:
    if event.attendance in ("place", "both") and not event.place:
        yield warn(_("People are to come, but it does not say where. Add a place, or choose digital."), "place")


def _deadline(event: Any) -> Iterator[Finding]:
    day, clock = event.registration_deadline_date, event.registration_deadline_time
    if not day or not event.start:
        return
    start = _local(event.start)
    if (datetime.combine(day, clock) > start) if clock else (day > start.date()):
        yield warn(_("The registration closes after the event has started."), "registration_deadline_date")


def _slots(event: Any) -> Iterator[Slot]:
    first_day = _local(event.start).date()
    for index, item in enumerate(event.programme):
        value = item.value
        if not isinstance(value["start"], time):
            continue
        day = value["date"] or first_day
        start = datetime.combine(day, value["start"])
        end = datetime.combine(day, value["end"]) if value["end"] else start + MOMENT
        if end < start:
            end += timedelta(days=1)
        yield Slot(index, value["title"] or "", (value["track"] or "").strip(), day, start, max(end, start + MOMENT))


def _days_of_programme(event: Any, slots: list[Slot]) -> Iterator[Finding]:
    first, last = _days(event)
    for slot in slots:
        if not first <= slot.day <= last:
            yield stop(
                _("%(day)s is not one of the event's days. Correct the day, or when the event starts and ends.")
                % {"day": f"{slot.day:%d.%m.%Y}"},
                *("programme", slot.position, "date"),
            )


def _hours_of_programme(event: Any, slots: list[Slot]) -> Iterator[Finding]:
    first, last = _days(event)
    if event.all_day:
        return
    start, end = _local(event.start), _local(event.end) if event.end else None
    for slot in slots:
        if not first <= slot.day <= last:
            continue  # said already
        if slot.start < start:
            yield warn(_("This is before the event starts."), "programme", slot.position, "start")
        elif end and end >= start and (slot.start > end or slot.end - MOMENT > end):
            yield warn(_("This is after the event ends."), "programme", slot.position, "end")


def _collisions(slots: list[Slot]) -> Iterator[Finding]:
    ordered = sorted(slots, key=lambda slot: (slot.start, slot.position))
    for earlier, later in combinations(ordered, 2):
        if earlier.track.casefold() == later.track.casefold() and later.start < earlier.end:
            yield stop(
                _("At the same time as «%(other)s» (from %(time)s). Change a time, or give them different tracks.")
                % {"other": earlier.title, "time": f"{earlier.start:%H:%M}"},
                *("programme", later.position, "start"),
            )


def _days(event: Any) -> tuple[date, date]:
    first = _local(event.start).date()
    return first, max(first, _local(event.end).date()) if event.end else first


def _local(moment: datetime) -> datetime:
    """The clock on the wall, as programme items have it."""
    return moment.astimezone(OSLO).replace(tzinfo=None)


def period_findings(start: str, end: str) -> Iterator[Finding]:
    """Dates as vague as they are known are compared as far as both go: 2024-05 is not before 2024."""
    common = min(len(start), len(end))
    if end[:common] < start[:common]:
        yield stop(_("The period ends before it starts."), "period_end")
