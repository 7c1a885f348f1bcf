"""Opening a draft to others, and closing it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.preview import drafts, tokens
from cms.preview.models import PreviewToken

EDITOR_LIFETIME = timedelta(hours=1)
EDITOR_KEPT = 20
"""Previews of one form that stay open at once; each look at a changed form makes one."""

ONLY_THIS, LINKED, ALL_LINKED = 0, 1, 9
"""Depths: through how many links other drafts are reached."""

KEPT = timedelta(days=30)
"""So long a token that has expired is told from one that never was."""


def share(
    page: Page, user: Any, *, lifetime: timedelta, depth: int = LINKED, note: str = ""
) -> tuple[PreviewToken, str]:
    """(row, token) of the newest draft of a page. The token cannot be had again."""
    token, hash_ = tokens.new_token()
    page = Page.objects.select_related("locale").get(pk=page.pk)  # as it is now, not as it was when it was loaded
    row = PreviewToken.objects.create(
        purpose=PreviewToken.Purpose.SHARE,
        hash=hash_,
        page_id=page.pk,
        revision_id=page.latest_revision_id,
        content_type_id=page.cached_content_type.pk,
        depth=depth,
        locale=page.locale.language_code,
        page_state=drafts.state_of(page),
        note=note,
        created_by=user,
        expires_at=timezone.now() + min(lifetime, timedelta(hours=settings.FORMIDLE_PREVIEW_MAX_HOURS)),
    )
    return row, token


@transaction.atomic
def show_form(page: Any, user: Any) -> str:
    """A token for what an editor's form holds: ``page`` as the form made it, saved or not."""
    token, hash_ = tokens.new_token()
    stored = Page.objects.filter(pk=page.pk).first() if page.pk else None
    content_type = ContentType.objects.get_for_model(type(page))
    PreviewToken.objects.create(
        purpose=PreviewToken.Purpose.EDITOR,
        hash=hash_,
        page_id=page.pk,
        content_type=content_type,
        content=page.serializable_data(),
        depth=ALL_LINKED,
        locale=page.locale.language_code,
        page_state=drafts.state_of(stored) if stored else "",
        created_by=user,
        expires_at=timezone.now() + EDITOR_LIFETIME,
    )
    _end_older(page, user, content_type)
    return token


def revoke(rows: Any) -> None:
    """Ends tokens, and with them all that were derived from them. What a form held is forgotten."""
    rows.filter(revoked_at=None).update(revoked_at=timezone.now(), content=None)


def forget_old() -> int:
    """For housekeeping: content of tokens that are over, and rows that have been for long."""
    now = timezone.now()
    cleared = PreviewToken.objects.filter(expires_at__lte=now, content__isnull=False).update(content=None)
    deleted, _ = PreviewToken.objects.filter(expires_at__lte=now - KEPT).delete()
    return cleared + deleted


def _end_older(page: Any, user: Any, content_type: ContentType) -> None:
    same = PreviewToken.objects.filter(
        purpose=PreviewToken.Purpose.EDITOR, created_by=user, page_id=page.pk, content_type=content_type
    )
    newest = same.order_by("-pk").values_list("pk", flat=True)[EDITOR_KEPT - 1 : EDITOR_KEPT].first()
    if newest:
        revoke(same.filter(pk__lt=newest))
