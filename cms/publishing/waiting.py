"""What waits, what failed and why, and how it is tried again: for the admin, the command and the metrics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone

from cms.publishing import consumers, reads
from cms.publishing.models import Consumer, Note, Parked


@dataclass(frozen=True, slots=True)
class Follower:
    """A consumer of the log.

    lag, preparing, parked  entries to go, documents to be made anew, documents put off
    error                   why it stands still
    warning                 what an operator should know, though it goes on
    """

    name: str
    cursor: int
    lag: int
    preparing: int
    parked: int
    moved_at: datetime | None
    error: str
    warning: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Notes of one priority. ``oldest_s``: how long the first of them has waited; ``failed`` of them were tried."""

    priority: Note.Priority
    count: int
    failed: int
    oldest_s: float


def followers() -> list[Follower]:
    parked = dict(Parked.objects.order_by().values_list("consumer").annotate(Count("document_id")))
    rows = {row.name: row for row in Consumer.objects.all()}
    names = sorted({*consumers.registered, *rows})
    return [
        Follower(
            name=name,
            cursor=row.cursor,
            lag=consumers.lag(name),
            preparing=row.preparing,
            parked=parked.get(name, 0),
            moved_at=row.moved_at,
            error=row.error,
            warning=row.warning,
        )
        for name in names
        for row in [rows.get(name) or Consumer(name=name)]
    ]


def notes() -> list[Waiting]:
    """Of every priority, also where none waits."""
    now = timezone.now()
    rows = Note.objects.order_by().values_list("priority").annotate(Count("pk"), Min("created_at"))
    found = {priority: (count, first) for priority, count, first in rows}
    failed = dict(Note.objects.exclude(error="").order_by().values_list("priority").annotate(Count("pk")))
    return [
        Waiting(each, count, failed.get(each, 0), max(0.0, (now - first).total_seconds()))
        for each in Note.Priority
        for count, first in [found.get(each.value, (0, now))]
    ]


def retry(what: str = "") -> int:
    """Has what failed tried again at once: all of it, or what is named as `documents status` does.

    ``page:12`` (a note), ``search`` (all that a consumer has parked), ``search page:12``. Returns how many.
    """
    name, _, document = what.partition(" page:")
    failed = Note.objects.exclude(error="")
    parked = Parked.objects.all()
    if document:
        failed, parked = failed.none(), parked.filter(consumer=name, document_id=int(document))
    elif what:
        failed, parked = failed.filter(target=what), parked.filter(consumer=what)
    with transaction.atomic():
        return failed.update(due_at=None) + parked.update(retry_at=timezone.now())


def drop(consumer: str, document_id: int) -> int:
    """Gives a parked document up, until its next change. Returns how many."""
    return Parked.objects.filter(consumer=consumer, document_id=document_id).delete()[0]


def last_change() -> datetime | None:
    rows = reads.log(reads.last_change() - 1, 1)
    return rows[0].at if rows else None
