"""Consumers follow the log of changes, each with its own cursor: search, webhooks, purges."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from cms.publishing.models import Change, Parked
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


class Consumer(Protocol):
    name: str

    def prepare(self) -> Mapping[int, str]:
        """Makes anew what is missing or of an older form, before every step; cheap where nothing is.

        Returns the reason for each document that failed.
        """

    def apply(self, document_ids: Sequence[int]) -> Mapping[int, str]:
        """Brings the documents to their present published state, present or removed; idempotent.

        Returns the reason for each one that failed. Raising means that none could be taken now.
        """

    def compare(self) -> Drift:
        """The consumer's state against the documents."""

    def close(self) -> None:
        """Lets go of what another process may need, when this one stops working."""


registered: dict[str, Consumer] = {}


def register(consumer: Consumer) -> None:
    """Called in ``AppConfig.ready``."""
    registered[consumer.name] = consumer


def state(name: str) -> State:
    return State.objects.get_or_create(name=name)[0]


def follow(consumer: Consumer) -> int:
    """One step: the next changes of the log, then parked documents that are due. Returns how many were taken.

    The cursor moves after the work is done, so a crash repeats work and loses none.
    """
    row = state(consumer.name)
    changes = list(Change.objects.filter(pk__gt=row.cursor).order_by("pk").values_list("pk", "document_id")[:BATCH])
    ids = list(dict.fromkeys(document_id for _, document_id in changes if document_id is not None))
    try:
        park(consumer.name, consumer.prepare())
        failed = consumer.apply(ids) if ids else {}
    except Exception as error:
        State.objects.filter(pk=row.pk).update(error=f"{type(error).__name__}: {error}"[:4000])
        raise
    if changes:
        with transaction.atomic():
            park(consumer.name, failed)
            Parked.objects.filter(consumer=consumer.name, document_id__in=set(ids) - set(failed)).delete()
            State.objects.filter(pk=row.pk).update(cursor=changes[-1][0], moved_at=timezone.now(), error="")
    return len(changes) + _retry(consumer)


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


def ask_again(name: str, document_ids: Sequence[int], reason: str) -> None:
    """Has a consumer take documents once more, now: how a drift is repaired, from any process."""
    now = timezone.now()
    for document_id in document_ids:
        Parked.objects.update_or_create(
            consumer=name, document_id=document_id, defaults={"reason": reason, "attempts": 0, "retry_at": now}
        )


def _retry(consumer: Consumer) -> int:
    due = list(
        Parked.objects.filter(consumer=consumer.name, retry_at__lte=timezone.now())
        .order_by("retry_at", "document_id")
        .values_list("document_id", flat=True)[:BATCH]
    )
    if not due:
        return 0
    failed = consumer.apply(due)
    with transaction.atomic():
        park(consumer.name, failed)
        Parked.objects.filter(consumer=consumer.name, document_id__in=set(due) - set(failed)).delete()
    return len(due)


def lag(name: str) -> int:
    """Changes that a consumer has not taken yet."""
    return Change.objects.filter(pk__gt=state(name).cursor).count()
