"""Messages that wait for a webhook: put in from the log, taken out in order, sent again when somebody asks."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.delivery.models import Delivery, Webhook
from cms.delivery.webhooks import events
from cms.delivery.webhooks.events import Message
from cms.publishing import listeners
from cms.publishing.models import Consumer
from cms.publishing.reads import ChangeRow

KEPT = timedelta(days=30)
"""Of messages that were accepted or dropped; one that waits is kept."""
LONGEST = 2000
"""Messages that may wait for one webhook; beyond them its cursor waits, so a dead receiver fills no tables."""
CHUNK = 1000

WAITING, ACCEPTED, DROPPED = Delivery.Status.WAITING, Delivery.Status.ACCEPTED, Delivery.Status.DROPPED


def wants(webhook: Webhook, row: ChangeRow) -> bool:
    """Content types narrow only what is about pages."""
    return (not webhook.kinds or row.kind in webhook.kinds) and (
        row.id is None or not webhook.types or row.type in webhook.types
    )


def put(webhook: Webhook, messages: Iterable[Message]) -> None:
    """Idempotent: a message that is there already stays as it is."""
    now = timezone.now()
    rows = [
        Delivery(
            webhook=webhook,
            message_id=each.id,
            event=each.event,
            subject=each.subject,
            position=each.position,
            document_id=each.document_id,
            payload=each.payload,
            next_attempt_at=now,
        )
        for each in messages
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=100)


def waiting(webhook: Webhook) -> int:
    return Delivery.objects.filter(webhook=webhook, status=WAITING).count()


def is_full(webhook: Webhook) -> bool:
    """Whether the log must wait for the receiver."""
    return _reached(webhook).count() >= LONGEST


def may_be_sent(delivery: Delivery) -> bool:
    """Whether nobody dropped it, or began a replay, since it was found to be due."""
    return _reached(delivery.webhook).filter(pk=delivery.pk).exists()


def due(webhook: Webhook) -> list[int]:
    """Ids of messages to send now, oldest first: of each subject the first that waits, if its time has come."""
    rows = _reached(webhook).order_by("position", "pk")
    first: dict[str, tuple[int, datetime]] = {}
    for pk, subject, at in rows.values_list("pk", "subject", "next_attempt_at"):
        first.setdefault(subject, (pk, at))
    now = timezone.now()
    return [pk for pk, at in first.values() if at <= now]


def _reached(webhook: Webhook) -> QuerySet[Delivery]:
    """What waits, up to the webhook's cursor. In a replay more waits behind it: earlier messages are still to come."""
    cursor = Consumer.objects.filter(name=webhook.consumer).values("cursor")
    return Delivery.objects.filter(webhook=webhook, status=WAITING, position__lte=cursor)


def send_test(webhook: Webhook) -> str:
    """Returns the id of the message."""
    message = events.test(secrets.token_hex(8))
    with transaction.atomic():
        put(webhook, [message])
        Webhook.objects.filter(pk=webhook.pk).update(paused_until=None)
    return message.id


def go_on_from(webhook: Webhook, position: int) -> None:
    """Sends again everything behind a position of the log; what is before it and still waits is dropped."""
    with transaction.atomic():
        listeners.go_to(webhook.consumer, position)
        rows = Delivery.objects.filter(webhook=webhook).exclude(event=events.TEST)
        rows.filter(status=WAITING, position__lte=position).update(status=DROPPED, error="left out by a replay")
        rows.filter(position__gt=position).exclude(event=events.RESTARTED).update(
            status=WAITING, attempts=0, error="", next_attempt_at=timezone.now(), delivered_at=None
        )
        Webhook.objects.filter(pk=webhook.pk).update(failures=0, paused_until=None)


def retry_now(webhook: Webhook, pk: int | None = None) -> None:
    """Has what waits, or was dropped and is named, sent without further delay."""
    with transaction.atomic():
        rows = Delivery.objects.filter(webhook=webhook)
        rows = rows.filter(pk=pk).exclude(status=ACCEPTED) if pk else rows.filter(status=WAITING)
        rows.update(status=WAITING, next_attempt_at=timezone.now())
        Webhook.objects.filter(pk=webhook.pk).update(paused_until=None)


def enable(webhook: Webhook) -> None:
    webhook.enabled, webhook.failures = True, 0
    webhook.save()
    retry_now(webhook)


def drop(webhook: Webhook, reason: str, pk: int | None = None) -> None:
    """Gives up all changes that wait, or one message."""
    rows = Delivery.objects.filter(webhook=webhook, status=WAITING)
    (rows.filter(pk=pk) if pk else rows.exclude(event=events.RESTARTED)).update(status=DROPPED, error=reason)


def cut_log() -> int:
    """A chore of housekeeping."""
    old = Delivery.objects.filter(~Q(status=WAITING), created_at__lt=timezone.now() - KEPT)
    ids = list(old.values_list("pk", flat=True)[:CHUNK])
    return Delivery.objects.filter(pk__in=ids).delete()[0] if ids else 0
