"""Pages as their drafts are, and who may see them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision


def may_see(user: Any, page: Page) -> bool:
    """As in Wagtail: a draft is for those who may edit or publish the page."""
    if user is None or not user.is_active:
        return False
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.can_publish())


def has_draft(page: Page) -> bool:
    return not page.live or bool(page.has_unpublished_changes)


def state_of(page: Page) -> str:
    """Changes when the page is published or unpublished, whoever does it and however.

    Compared with what a token has, so that no signal has to arrive for a token to end.
    """
    published = page.last_published_at.isoformat() if page.last_published_at else ""
    state = f"{page.live} {page.live_revision_id} {published}"
    return blake2b(state.encode(), digest_size=8).hexdigest()


def at_revision(page: Page, revision_id: int | None) -> Any:
    """The page as in one of its revisions; without one, as it is stored. None when the revision is gone."""
    if revision_id is None:
        return page.specific
    revision = Revision.page_revisions.filter(pk=revision_id, object_id=str(page.pk)).first()
    return revision.as_object() if revision else None


def from_content(content: dict[str, Any], content_type: ContentType, page: Page | None) -> Any:
    """What a form held. A page that was never saved gets the id 0, and the place that the form gave it."""
    if page is not None:
        return page.specific.with_content_json(content)
    model: Any = content_type.model_class()
    new = model.from_serializable_data(content)
    new.pk = 0
    return new
