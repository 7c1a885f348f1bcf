"""Notes: written in the editor's own transaction, so that they are never lost and never early."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import Page

from cms.content.watch import Targets, watched
from cms.publishing.models import Note

DRAFT_FIELDS = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "go_live_at",
    }
)
"""A save of these alone changes nothing that is public."""

Priority = Note.Priority


def note(target: str, reason: str, priority: int = Priority.DIRECT) -> None:
    """Leaves a note in the current transaction."""
    Note.objects.create(
        target=target,
        reason=reason,
        priority=Priority.RENDITIONS if target.startswith("renditions:") else priority,
    )


def note_all(targets: Iterable[str], reason: str, priority: int) -> int:
    """Leaves a note per target unless one is waiting already; returns how many were new."""
    wanted = list(dict.fromkeys(targets))
    new = 0
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        waiting = set(
            Note.objects.filter(target__in=part, priority__lte=priority, attempts=0).values_list("target", flat=True)
        )
        missing = [Note(target=target, reason=reason, priority=priority) for target in part if target not in waiting]
        Note.objects.bulk_create(missing)
        new += len(missing)
    return new


def retry_later(note_ids: list[int], attempts: int, error: str) -> None:
    """Keeps notes whose work failed, with the reason, for a later try: 2 s, 4 s, 8 s … at most 10 minutes."""
    delay = timedelta(seconds=min(600, 2 ** min(attempts, 10)))
    Note.objects.filter(pk__in=note_ids).update(attempts=attempts, error=error[:4000], due_at=timezone.now() + delay)


def connect() -> None:
    """Called once, when all models are loaded."""
    pre_save.connect(_before_page_save, dispatch_uid="publishing.before_page_save")
    post_save.connect(_page_saved, dispatch_uid="publishing.page_saved")
    post_delete.connect(_page_deleted, dispatch_uid="publishing.page_deleted")
    m2m_changed.connect(_relations_changed, dispatch_uid="publishing.relations_changed")
    for model, targets in watched.items():
        _make_saves_atomic(model)
        _connect_watched(model, targets)


def _before_page_save(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    if isinstance(instance, Page) and instance.pk and not raw:
        instance._published_url_path = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()


def _page_saved(
    sender: Any, instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **_: Any
) -> None:
    if not isinstance(instance, Page) or raw or (update_fields and set(update_fields) <= DRAFT_FIELDS):
        return
    note(f"page:{instance.pk}", "created" if created else "saved")
    if not created and instance._published_url_path != instance.url_path:
        note(f"subtree:{instance.pk}", "moved")


def _page_deleted(sender: Any, instance: Any, **_: Any) -> None:
    if isinstance(instance, Page):
        note(f"page:{instance.pk}", "deleted")


def _relations_changed(sender: Any, instance: Any, action: str, **_: Any) -> None:
    if isinstance(instance, Page) and action.startswith("post_"):
        note(f"page:{instance.pk}", "relations changed")


def _make_saves_atomic(model: Any) -> None:
    # Outside a transaction Django commits the row before it sends post_save; the note must commit with the row.
    if not getattr(model.save_base, "_atomic_for_notes", False):
        model.save_base = transaction.atomic(model.save_base)
        model.save_base._atomic_for_notes = True


def _connect_watched(model: Any, targets: Targets) -> None:
    def changed(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
        if not raw:
            for target in targets(instance):
                note(target, f"{model._meta.verbose_name_raw} changed")

    uid = f"publishing.{model._meta.label}"
    # weak=False: the receiver lives only here
    post_save.connect(changed, sender=model, weak=False, dispatch_uid=f"{uid}.saved")
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=f"{uid}.deleted")
