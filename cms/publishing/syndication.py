"""What feeds and calendars know of a document besides its JSON. Touches only the publishing tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from cms.publishing.models import Change, Document


def permanent_ids(ids: Sequence[int]) -> dict[int, UUID]:
    """Page id → an identity for other people's programs, which keep what they fetched under it.

    It stays when the page moves, is renamed or comes back, and when the site gets another host name; no other
    installation has the same.
    """
    rows = Document.objects.filter(pk__in=list(ids)).values_list("pk", "translation_key", "locale")
    return {page_id: permanent_id(key, locale) for page_id, key, locale in rows}


def permanent_id(translation_key: str, locale: str) -> UUID:
    return uuid5(UUID(translation_key), locale)


def last_changed_at() -> datetime | None:
    """When anything was last published, removed or changed; None while the log is empty."""
    return Change.objects.order_by("-pk").values_list("at", flat=True).first()
