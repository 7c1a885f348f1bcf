"""What leaves notes: every way in which a page, or something that pages show, is changed in the database."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import Collection, Page

from cms.content.images.models import ContentRendition
from cms.content.watch import Targets, follow_watched, watch
from cms.publishing.notes import Priority, note, note_all

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


def connect() -> None:
    """Called once, when all models are loaded."""
    pre_save.connect(_before_page_save, dispatch_uid="publishing.before_page_save")
    post_save.connect(_page_saved, dispatch_uid="publishing.page_saved")
    # sent for the Page of every type; a receiver for all senders would have Django fetch all rows that it deletes
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="publishing.page_deleted")
    m2m_changed.connect(_relations_changed, dispatch_uid="publishing.relations_changed")
    post_delete.connect(_rendition_deleted, sender=ContentRendition, dispatch_uid="publishing.rendition_deleted")
    follow_watched(_connect_watched)
    _watch_rows_of_pages()
    _note_moves_of_collections()


def _before_page_save(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    if isinstance(instance, Page) and instance.pk and not raw and (update_fields is None or "slug" in update_fields):
        instance._stored_url_path = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()


def _page_saved(sender: Any, instance: Any, created: bool, update_fields: Any = None, **_: Any) -> None:
    # also of raw saves (loaddata): a note touches no other row
    if not isinstance(instance, Page) or (update_fields and set(update_fields) <= DRAFT_FIELDS):
        return
    note(f"page:{instance.pk}", "created" if created else "saved")
    if created:
        return
    if sender is Page:
        note(f"place:{instance.pk}", "moved")  # a move saves a bare Page, also one among the same siblings
    stored = instance.__dict__.pop("_stored_url_path", None)
    if stored is not None and stored != instance.url_path:
        note(f"subtree:{instance.pk}", "new address")


def _page_deleted(sender: Any, instance: Any, **_: Any) -> None:
    note(f"page:{instance.pk}", "deleted")


def _relations_changed(sender: Any, instance: Any, action: str, model: Any, pk_set: Any, **_: Any) -> None:
    if not action.startswith("post_"):
        return
    if isinstance(instance, Page):
        note(f"page:{instance.pk}", "relations changed")
    if issubclass(model, Page):  # from the other side: topic.pages.add(page)
        note_all([f"page:{each}" for each in pk_set or ()], "relations changed", Priority.DIRECT)


def _rendition_deleted(sender: Any, instance: Any, **_: Any) -> None:
    # Wagtail does it after the commit that put another file into an image
    note_all([f"image:{instance.image_id}"], "renditions deleted", Priority.DIRECT)
    note_all([f"renditions:{instance.image_id}"], "renditions deleted", Priority.RENDITIONS)


def _watch_rows_of_pages() -> None:
    """Rows that belong to pages (InlinePanel) may be saved without them."""
    for model in apps.get_models():
        if model._meta.app_label.startswith("wagtail"):
            continue  # comments and the like
        for field in model._meta.get_fields():
            if isinstance(field, ParentalKey) and issubclass(field.related_model, Page):
                watch(model, lambda row, name=field.attname: [f"page:{getattr(row, name)}"])  # type: ignore[misc]


def _note_moves_of_collections() -> None:
    # the admin moves a collection after its save; moves are SQL without signals
    move = Collection.move

    @wraps(move)
    def move_and_note(collection: Any, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            result = move(collection, *args, **kwargs)
            note(f"collection:{collection.pk}", "moved")
        return result

    Collection.move = move_and_note


def _connect_watched(model: Any, targets: Targets) -> None:
    def changed(sender: Any, instance: Any, **_: Any) -> None:
        leave_notes(instance, targets)

    _make_saves_atomic(model)
    uid = f"publishing.{model._meta.label}"
    # weak=False: the receiver lives only here
    post_save.connect(changed, sender=model, weak=False, dispatch_uid=f"{uid}.saved")
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=f"{uid}.deleted")


def leave_notes(instance: Any, targets: Targets) -> None:
    for target in targets(instance):
        note(target, f"{instance._meta.verbose_name_raw} changed")


def _make_saves_atomic(model: Any) -> None:
    # Outside a transaction Django commits the row before it sends post_save; the note must commit with the row.
    if not getattr(model.save_base, "_atomic_for_notes", False):
        model.save_base = transaction.atomic(model.save_base)
        model.save_base._atomic_for_notes = True
