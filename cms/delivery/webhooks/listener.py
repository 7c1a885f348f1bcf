"""Follows the log for one webhook: entries become messages, messages are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from cms.delivery.models import Webhook
from cms.delivery.webhooks import attempt, events, queue
from cms.delivery.webhooks.network import Network
from cms.publishing import reads, reasons
from cms.publishing.lease import Holder
from cms.publishing.reads import ChangeRow


def enabled() -> Iterator[WebhookListener]:
    """What the worker serves."""
    for pk in Webhook.objects.filter(enabled=True).order_by("pk").values_list("pk", flat=True):
        yield WebhookListener(pk)


BATCH = 50
"""Messages sent before the log is looked at again."""


class WebhookListener:
    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.name = f"webhook-{pk}"
        self._network = Network()

    def take(self, changes: Sequence[ChangeRow]) -> int:
        webhook = self._webhook()
        if webhook is None or queue.is_full(webhook):
            return 0
        epoch, origins = reads.epoch(), events.Origins()
        queue.put(webhook, [events.of_change(row, epoch, origins) for row in changes if queue.wants(webhook, row)])
        return len(changes)

    def start_over(self) -> None:
        webhook = self._webhook()
        if webhook is not None:
            with transaction.atomic():
                queue.drop(webhook, reasons.LOG_BEGAN_ANEW)
                queue.put(webhook, [events.restarted(reads.epoch(), reads.last_change())])

    def deliver(self, lease: Holder | None) -> int:
        webhook = self._webhook()
        if webhook is None or attempt.is_paused(webhook):
            return 0
        sent = 0
        for pk in queue.due(webhook)[:BATCH]:
            if not attempt.make(pk, self._network, lease):
                break
            sent += 1
        return sent

    def close(self) -> None:
        self._network.close()

    def _webhook(self) -> Webhook | None:
        return Webhook.objects.filter(pk=self.pk, enabled=True).first()
