"""Tokens for machines that ask for what is not public, as a monitoring system does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token opens."""

    METRICS = "metrics", _("Figures of operation (/metrics)")


class ApiToken(models.Model):
    """Only a hash of the token is kept; ``hint`` is its end, so that people can tell theirs apart."""

    name = models.CharField(_("name"), max_length=100, help_text=_("Who uses it and what for."))
    hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=8, editable=False)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ("add",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_alive(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(each).label) if each in Scope.values else each for each in self.scopes]
