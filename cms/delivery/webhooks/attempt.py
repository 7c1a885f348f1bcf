"""One attempt to deliver a message: what is sent, and what follows from the answer."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from cms.delivery.models import Delivery, Webhook
from cms.delivery.webhooks import queue
from cms.delivery.webhooks.network import Network
from cms.delivery.webhooks.post import Outcome, post, signed
from cms.publishing.failpoint import failpoint
from cms.publishing.lease import Holder, writing

logger = logging.getLogger(__name__)

FIRST_SECONDS = 5.0
LONGEST_SECONDS = 3600.0
LONGEST_RETRY_AFTER_SECONDS = 86400.0
PATIENCE = 5
"""Failures one after the other after which the receiver, not a message, is taken to be what is wrong."""


def make(pk: int, network: Network, lease: Holder | None = None) -> bool:
    """False when nothing more can be sent to this webhook for now."""
    delivery = Delivery.objects.select_related("webhook").filter(pk=pk).first()
    if delivery is None or not queue.may_be_sent(delivery):
        return True
    webhook = delivery.webhook
    if network.closed.is_set() or not webhook.enabled or is_paused(webhook) or (lease and lease.lost.is_set()):
        return False
    headers = signed(delivery.message_id, delivery.payload, webhook.keys)
    outcome = post(webhook.url, delivery.payload, headers, network)
    if network.closed.is_set() and not outcome.accepted:
        return False  # cut off by us: it says nothing about the receiver
    failpoint("sent")
    with writing(lease):
        _record(delivery, outcome)
        return _judge(webhook, outcome)


def is_paused(webhook: Webhook) -> bool:
    return webhook.paused_until is not None and webhook.paused_until > timezone.now()


def delay(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s … an hour, each a fifth longer or shorter, so that what failed together comes apart."""
    seconds = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(attempts - 1, 20))
    return timedelta(seconds=seconds * (0.8 + secrets.randbelow(400) / 1000))


def _record(delivery: Delivery, outcome: Outcome) -> None:
    now = timezone.now()
    changes: dict[str, Any] = {
        "attempts": F("attempts") + 1,
        "response_code": outcome.code,
        "latency_ms": outcome.latency_ms,
        "excerpt": outcome.excerpt,
        "error": outcome.error,
    }
    if outcome.accepted:
        changes |= {"status": Delivery.Status.ACCEPTED, "delivered_at": now}
    else:
        changes["next_attempt_at"] = max(now + delay(delivery.attempts + 1), _asked_for(outcome, now))
    # unless somebody dropped it meanwhile
    Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.WAITING).update(**changes)


def _judge(webhook: Webhook, outcome: Outcome) -> bool:
    """What the answer says about the receiver as a whole. Returns whether other messages may be sent."""
    row = Webhook.objects.filter(pk=webhook.pk)
    now = timezone.now()
    if outcome.accepted:
        if webhook.failures:
            row.update(failures=0, paused_until=None)
        if webhook.failures >= PATIENCE:  # it is back: what waits need not wait its hour
            Delivery.objects.filter(webhook=webhook, status=Delivery.Status.WAITING).update(next_attempt_at=now)
        return True
    failures = webhook.failures + 1
    if outcome.code == 410:
        logger.warning("Webhook %s is disabled: its receiver answered 410 Gone", webhook.pk)
        row.update(enabled=False, failures=failures, disabled_reason="410")
        return False
    pause = now + delay(failures - PATIENCE + 1) if failures >= PATIENCE else now
    if outcome.code == 429:
        pause = max(pause, now + delay(1))
    pause = max(pause, _asked_for(outcome, now))
    row.update(failures=failures, paused_until=pause if pause > now else None)
    return pause <= now


def _asked_for(outcome: Outcome, now: datetime) -> datetime:
    """The time of a Retry-After, which is about the receiver as a whole."""
    if outcome.code in (429, 503) and outcome.retry_after_s is not None:
        return now + timedelta(seconds=min(outcome.retry_after_s, LONGEST_RETRY_AFTER_SECONDS))
    return now
