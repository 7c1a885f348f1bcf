"""Entries of the ordered log. Only the projector writes them, inside the transaction of what they tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from cms.publishing.build import Built
from cms.publishing.models import Change, Document, PublishedSite


def published(built: Built, before: Document | None, version: int, at: datetime) -> None:
    """A document is new, or has another content or place. ``before``: the live document until now."""
    if before is not None and before.site_id != built.site.id:
        removed(before, version, at)  # its old site has lost it
        before = None
    moved = before is not None and before.path != built.path
    _append(
        kind="moved" if moved else "updated" if before else "published",
        document_id=built.page_id,
        site_id=built.site.id,
        type=built.type,
        locale=built.locale,
        path=built.path,
        previous_path=before.path if before is not None and moved else "",
        version=version,
        at=at,
    )


def removed(document: Document, version: int, at: datetime) -> None:
    _append(
        kind="removed",
        document_id=document.pk,
        site_id=document.site_id,
        type=document.type,
        locale=document.locale,
        path=document.path,
        version=version,
        at=at,
    )


def of_site(kind: str, site_id: int) -> None:
    """``kind``: navigation or site."""
    _append(kind=kind, site_id=site_id, at=timezone.now())


def redirect(site_id: int, path: str) -> None:
    """What a path without a live page answers is another now."""
    _append(kind="redirect", site_id=site_id, path=path, at=timezone.now())


def _append(*, site_id: int, at: datetime, **columns: Any) -> None:
    Change.objects.create(site_id=site_id, at=at, **columns)
    PublishedSite.objects.filter(pk=site_id).update(changed_at=at)
