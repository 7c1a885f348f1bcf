"""Consumers follow the log of changes, each with its own cursor: search, webhooks, purges."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from django.db.models import Max
from django.utils import timezone

from cms.publishing import reasons
from cms.publishing.failpoint import failpoint
from cms.publishing.lease import Holder, writing
from cms.publishing.models import Change, Parked, Projection
from cms.publishing.models import Consumer as State

logger = logging.getLogger(__name__)

BATCH = 200


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids of documents that a consumer lacks, has in an older state, or has though they are gone."""

    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    ghost: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghost)


class Unavailable(Exception):
    """What a consumer writes to does not answer now."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one step of making anew has come to.

    failed   documents that could not be made, with the reason
    left     how many are still to be made; 0: no further step is needed now
    ready    False while there is nothing that could take changes
    warning  what an operator should know, though the consumer goes on
    """

    failed: Mapping[int, str] = field(default_factory=dict)
    left: int = 0
    ready: bool = True
    warning: str = ""


class Consumer(Protocol):
    name: str

    def prepare(self) -> Prepared:
        """One step of making anew what is missing or of an older form, before changes are taken; cheap where nothing
        is."""

    def apply(self, document_ids: Sequence[int]) -> Mapping[int, str]:
        """Brings the documents to their present published state, present or removed; idempotent.

        Returns the reason for each one that failed. Raising means that none could be taken now.
        """

    def compare(self) -> Drift:
        """The consumer's state against the documents. Raises Unavailable."""

    def close(self) -> None:
        """Lets go of what another process may need, when this one stops working."""


registered: dict[str, Consumer] = {}


def register(consumer: Consumer) -> None:
    """Called in ``AppConfig.ready``."""
    registered[consumer.name] = consumer


def follow(consumer: Consumer, lease: Holder | None = None) -> int:
    """One step: of making anew, then the next changes of the log, then parked documents that are due.

    Returns 0 when there is nothing to do. The cursor moves after the work is done: a crash repeats work, loses none.
    """
    row = State.objects.get_or_create(name=consumer.name)[0]
    try:
        prepared = consumer.prepare()
        park(consumer.name, prepared.failed)
        _tell(row, prepared)
        if not prepared.ready:
            return prepared.left  # it is made from the documents as they are: changes can wait
        if not log_serves(row):
            _start_over(consumer, lease)
            return prepared.left + _parked(consumer, lease)
        return prepared.left + _changes(consumer, row.cursor, lease) + _parked(consumer, lease)
    except Exception as error:
        State.objects.filter(pk=row.pk).update(error=f"{type(error).__name__}: {error}"[:4000])
        raise


def _tell(row: State, prepared: Prepared) -> None:
    if (row.preparing, row.warning) != (prepared.left, prepared.warning):
        State.objects.filter(pk=row.pk).update(preparing=prepared.left, warning=prepared.warning)


def _changes(consumer: Consumer, cursor: int, lease: Holder | None) -> int:
    changes = list(Change.objects.filter(pk__gt=cursor).order_by("pk").values_list("pk", "document_id")[:BATCH])
    if not changes:
        return 0
    ids = list(dict.fromkeys(document_id for _, document_id in changes if document_id is not None))
    failed = consumer.apply(ids) if ids else {}
    failpoint("applied")
    with writing(lease):
        _settle(consumer.name, ids, failed)
        State.objects.filter(pk=consumer.name).update(cursor=changes[-1][0], moved_at=timezone.now(), error="")
    failpoint("moved")
    return len(changes)


def _parked(consumer: Consumer, lease: Holder | None) -> int:
    due = Parked.objects.filter(consumer=consumer.name, retry_at__lte=timezone.now())
    ids = list(due.order_by("retry_at", "document_id").values_list("document_id", flat=True)[:BATCH])
    if ids:
        failed = consumer.apply(ids)
        with writing(lease):
            _settle(consumer.name, ids, failed)
    return len(ids)


def _settle(name: str, ids: Sequence[int], failed: Mapping[int, str]) -> None:
    park(name, failed)
    Parked.objects.filter(consumer=name, document_id__in=set(ids) - set(failed)).delete()


def log_serves(row: State) -> bool:
    """False when the log does not lead from the cursor to the present: it is new, cut off, or from a backup."""
    projection = Projection.objects.filter(pk=Projection.ONLY).first()
    if projection is None:
        return True
    return row.epoch == projection.epoch and row.cursor >= projection.log_begin


def _start_over(consumer: Consumer, lease: Holder | None) -> None:
    """Goes to the log's end, and has the consumer take what it holds otherwise than the documents are."""
    projection = Projection.objects.get(pk=Projection.ONLY)
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    drift = consumer.compare()
    with writing(lease):
        ask_again(consumer.name, drift, reasons.LOG_BEGAN_ANEW)
        State.objects.filter(pk=consumer.name).update(
            cursor=last, epoch=projection.epoch, moved_at=timezone.now(), error=""
        )


def park(name: str, reasons: Mapping[int, str]) -> None:
    """Keeps documents for a later try: 1 s, 2 s, 4 s … at most an hour."""
    now = timezone.now()
    for document_id, reason in reasons.items():
        row = Parked.objects.filter(consumer=name, document_id=document_id).first()
        attempts = row.attempts + 1 if row else 1
        delay = timedelta(seconds=min(3600, 2 ** min(attempts - 1, 12)))
        Parked.objects.update_or_create(
            consumer=name,
            document_id=document_id,
            defaults={"reason": reason[:4000], "attempts": attempts, "retry_at": now + delay},
        )


def ask_again(name: str, drift: Drift, reason: str) -> None:
    """Has a consumer take documents once more, now: how a drift is repaired, from any process."""
    now = timezone.now()
    Parked.objects.bulk_create(
        [
            Parked(consumer=name, document_id=each, reason=reason, attempts=0, retry_at=now)
            for each in sorted(drift.missing | drift.stale | drift.ghost)
        ],
        batch_size=500,
        update_conflicts=True,
        update_fields=["reason", "attempts", "retry_at"],
        unique_fields=["consumer", "document_id"],
    )


def lag(name: str) -> int:
    """Changes that a consumer has not taken yet; at least 1 while it must compare first."""
    row = State.objects.filter(name=name).first() or State(name=name)
    return Change.objects.filter(pk__gt=row.cursor).count() or int(not log_serves(row))


def pending(name: str) -> int:
    return lag(name) + preparing(name) + Parked.objects.filter(consumer=name).count()


def preparing(name: str) -> int:
    """Documents that a consumer still has to make anew."""
    return State.objects.filter(name=name).values_list("preparing", flat=True).first() or 0


def ask(name: str, what: str) -> None:
    """Leaves a consumer something to do, from any process; its next step finds it in ``asked``."""
    State.objects.update_or_create(name=name, defaults={"asked": what})
