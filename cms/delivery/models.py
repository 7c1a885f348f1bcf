"""Webhooks and what was sent to them."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cms.delivery.webhooks import keys
from cms.publishing import listeners
from cms.publishing.models import Consumer


class Webhook(models.Model):
    """A receiver of changes.

    kinds, types    what it is told; empty: everything
    key             signs every message; ``previous_key`` too, while receivers change over to the new one
    failures        attempts that failed one after the other, whatever the message
    paused_until    nothing is sent before: the receiver failed too often, or asked for it
    """

    name = models.CharField(_("name"), max_length=120)
    url = models.CharField(
        _("address"),
        max_length=1000,
        help_text=_("Where messages are sent to, https://… It must answer within 15 seconds."),
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Who runs the receiver, and whom to ask."))
    enabled = models.BooleanField(
        _("enabled"),
        default=True,
        help_text=_("While a webhook is disabled, messages wait and are sent once it is enabled again."),
    )
    kinds = models.JSONField(_("what happens"), default=list, blank=True)
    types = models.JSONField(_("content types"), default=list, blank=True)
    key = models.CharField(max_length=100, default=keys.new_key, editable=False)
    previous_key = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    disabled_reason = models.CharField(max_length=200, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    paused_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            new = self.pk is None
            if self.enabled:
                self.disabled_reason = ""
            super().save(*args, **kwargs)
            if new:
                listeners.begin_at_end(self.consumer)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            Consumer.objects.filter(name=self.consumer).delete()
            return super().delete(*args, **kwargs)

    @property
    def consumer(self) -> str:
        """What the webhook is called among the consumers of the log."""
        return f"webhook-{self.pk}"

    def change_key(self) -> bool:
        """A new key beside the present one. False while there are two: receivers may have the older one yet."""
        if self.previous_key:
            return False
        self.key, self.previous_key = keys.new_key(), self.key
        self.save()
        return True

    @property
    def keys(self) -> list[str]:
        return [key for key in (self.key, self.previous_key) if key]


class Delivery(models.Model):
    """One message for one webhook, and how far it got.

    message_id   stays the same for every attempt, so that a receiver knows a message that it has
    subject      messages of one subject arrive in order: ``page:12``, ``redirect:1:/x/``, ``navigation:1:``
    position     of the change in the log
    excerpt      the beginning of the last answer
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DROPPED = "dropped", _("dropped")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=80)
    event = models.CharField(_("message"), max_length=40)
    subject = models.CharField(max_length=2100)
    position = models.BigIntegerField()
    document_id = models.BigIntegerField(null=True)
    payload = models.TextField()
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    response_code = models.PositiveSmallIntegerField(_("answer"), null=True)
    latency_ms = models.PositiveIntegerField(_("time"), null=True)
    excerpt = models.TextField(blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "message_id"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["webhook", "position", "id"], name="delivery_waiting", condition=models.Q(status="waiting")
            ),
            models.Index(fields=["created_at"], name="delivery_created"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"
