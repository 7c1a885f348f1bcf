"""Notes are left in the transaction of what changes, by every way in which something changes."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page

from cms.content import watch
from cms.content.models import ContentImage, Topic
from cms.publishing import notes, signals
from cms.publishing.models import Note
from cms.publishing.notes import Priority, note_all
from tests.integration.publishing.site import add, draft, make_home, move, plain, publish, section


@pytest.fixture
def page(db):
    home = make_home()
    added = add(home, plain("Side"))
    Note.objects.all().delete()
    return added


def targets():
    found = sorted(set(Note.objects.values_list("target", flat=True)))
    Note.objects.all().delete()
    return found


def test_edit_leaves_a_note_on_the_page(page):
    publish(page, title="Ny")
    assert targets() == [f"page:{page.pk}"]


def test_draft_lock_and_comment_leave_none(page):
    draft(page, title="Utkast")
    fresh = page.specific_class.objects.get(pk=page.pk)
    fresh.locked = True
    fresh.save(update_fields=["locked", "locked_by", "locked_at"])
    assert targets() == []


def test_slug_leaves_one_note_for_the_subtree(page):
    for number in range(3):
        add(page, plain(f"Under {number}"))
    Note.objects.all().delete()
    publish(page, slug="nytt")
    assert targets() == [f"page:{page.pk}", f"subtree:{page.pk}"]


def test_move_leaves_notes_on_place_and_subtree(page):
    other = add(Page.objects.get(depth=2), section("Mål", slug="mal"))
    Note.objects.all().delete()
    move(page, other)
    assert targets() == [f"page:{page.pk}", f"place:{page.pk}", f"subtree:{page.pk}"]


def test_move_among_siblings_leaves_no_note_on_the_subtree(page):
    other = add(Page.objects.get(depth=2), section("Mål", slug="mal"))
    Note.objects.all().delete()
    move(other, page, "left")
    assert targets() == [f"page:{other.pk}", f"place:{other.pk}"]


def test_relations_changed_from_either_side(page):
    topic = Topic.objects.create(label="Emne")
    Note.objects.all().delete()
    through = page.specific_class._meta.get_field("related").__class__  # any sender: only the arguments count
    for action in ("pre_add", "post_add"):
        m2m_changed.send(through, instance=page, action=action, reverse=False, model=Topic, pk_set={topic.pk})
    assert targets() == [f"page:{page.pk}"]
    m2m_changed.send(through, instance=topic, action="post_add", reverse=True, model=Page, pk_set={page.pk})
    assert targets() == [f"page:{page.pk}"]


def test_model_watched_after_publishing_has_begun(page):
    """Plugins watch their snippets in ``ready``, which may come later than ours."""
    watch.watch(Group, lambda group: [f"group:{group.pk}"])
    try:
        group = Group.objects.create(name="Redaksjonen")
        assert targets() == [f"group:{group.pk}"]
    finally:
        uid = "publishing.auth.Group"
        post_save.disconnect(sender=Group, dispatch_uid=f"{uid}.saved")
        post_delete.disconnect(sender=Group, dispatch_uid=f"{uid}.deleted")
        del watch.watched[Group]
        del Group.save_base


def test_many_targets_are_noted_once(page):
    wanted = [f"page:{number}" for number in range(1200)]
    note_all(wanted[:700], "test", Priority.FAN_OUT)
    note_all(wanted, "test", Priority.FAN_OUT)
    assert Note.objects.count() == 1200
    note_all(wanted, "test", Priority.DIRECT)
    assert Note.objects.count() == 2400, "a more urgent one is another"
    note_all(wanted, "test", Priority.REBUILD)
    assert Note.objects.count() == 2400


def test_renditions_have_a_priority_of_their_own(page):
    notes.note("renditions:1", "test")
    assert Note.objects.get().priority == Priority.RENDITIONS


def _fail(*args, **kwargs):
    raise RuntimeError("no note could be written")


@pytest.mark.django_db
def test_row_and_note_commit_together(monkeypatch):
    """Django itself commits the row of a model that is no page before its receivers run."""
    monkeypatch.setattr(signals, "note", _fail)
    with pytest.raises(RuntimeError):
        Topic.objects.create(label="Emne")
    assert not Topic.objects.exists()
    monkeypatch.undo()
    topic = Topic.objects.create(label="Emne")
    assert targets() == [f"topic:{topic.pk}"]
    monkeypatch.setattr(signals, "note", _fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        topic.delete()
    assert Topic.objects.exists()


@pytest.mark.django_db
def test_note_of_an_edit_that_is_rolled_back_goes_with_it():
    with transaction.atomic():
        Topic.objects.create(label="Emne")
        assert Note.objects.exists()
        transaction.set_rollback(True)
    assert not Note.objects.exists()


@pytest.mark.django_db
def test_saves_of_watched_models_are_atomic_once():
    signals._make_saves_atomic(ContentImage)
    before = ContentImage.save_base
    signals._make_saves_atomic(ContentImage)
    assert ContentImage.save_base is before
