"""Preview tokens: who may see which draft without logging in, until when."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewToken(models.Model):
    """One draft that somebody opened to whoever has the token; of the token only a hash is kept.

    page_id       no foreign key: the row outlives the page, so that its token stays ended. None: a page never saved
    revision_id   the version that is shown; None: ``content``, or a page without revisions as it is stored
    content       what an editor's form held, saved or not, as a revision keeps it
    depth         through how many links other drafts are reached from it
    page_state    of the page when the token was made: a page that was published or unpublished since has another
    """

    class Purpose(models.TextChoices):
        SHARE = "share", _("Shared link")
        EDITOR = "editor", _("The editor's own preview")

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    hash = models.CharField(max_length=64, unique=True)
    page_id = models.BigIntegerField(null=True, db_index=True)
    revision_id = models.BigIntegerField(null=True)
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    depth = models.PositiveSmallIntegerField(default=1)
    locale = models.CharField(max_length=12)
    page_state = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=100, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.purpose} of page {self.page_id}"

    @property
    def is_over(self) -> bool:
        return self.revoked_at is not None or self.expires_at <= timezone.now()
