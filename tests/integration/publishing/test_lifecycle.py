"""From the first publishing of a page to its deletion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import serializers
from django.utils import timezone
from wagtail.models import Page

from cms.publishing import reads
from cms.publishing.models import Change, Document, Note
from tests.integration.publishing.site import (
    add,
    delete,
    detail,
    document,
    draft,
    is_live,
    kinds_of_changes,
    news,
    plain,
    publish,
    resolve,
    section,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


def test_published_page_has_a_document_a_path_and_an_entry_in_the_log(home):
    before = reads.last_change()
    page = add(home, plain("Om oss"))
    work()
    assert detail(page)["title"] == "Om oss"
    assert detail(page)["version"] == 1
    assert resolve("/om-oss/") == page.pk
    assert kinds_of_changes(before) == ["published"]


def test_edit_makes_a_new_version(home):
    page = add(home, plain("Om oss"))
    work()
    first = document(page)
    publish(page, title="Om foreningen")
    work()
    assert (detail(page)["title"], detail(page)["version"]) == ("Om foreningen", 2)
    assert document(page).etag != first.etag


def test_draft_changes_nothing_public(home):
    page = add(home, plain("Om oss"))
    work()
    before = (document(page), reads.last_change())
    draft(page, title="Hemmelig utkast", slug="hemmelig")
    assert not Note.objects.exists()
    work()
    assert (document(page), reads.last_change()) == before


def test_draft_of_a_page_without_date_does_not_move_it_in_lists(home):
    page = Page.objects.get(pk=home.pk).add_child(instance=plain("Aldri publisert", live=True))
    work()
    before = Document.objects.get(pk=page.pk).published_at
    draft(page, summary="Nytt")
    publish(home, summary="Noe annet")
    work()
    assert Document.objects.get(pk=page.pk).published_at == before


def test_page_that_never_was_public_is_not_found(home):
    page = add(home, plain("Utkast"), live=False)
    work()
    assert document(page) is None
    assert resolve("/utkast/") is None


def test_unpublished_page_is_gone_without_its_title(home):
    page = add(home, plain("Om oss"))
    work()
    unpublish(page)
    work()
    found = document(page)
    assert isinstance(found, reads.Tombstone)
    assert (found.id, found.type, found.path) == (page.pk, "page", "/om-oss/")
    assert resolve("/om-oss/") == "gone"
    stored = Document.objects.get(pk=page.pk)
    assert (stored.title, bytes(stored.detail), bytes(stored.summary)) == ("", b"", b"")
    assert kinds_of_changes()[-1] == "removed"


def test_republished_page_comes_back_with_a_higher_version(home):
    page = add(home, plain("Om oss"))
    work()
    unpublish(page)
    work()
    gone = Document.objects.get(pk=page.pk).version
    publish(page)
    work()
    assert detail(page)["version"] == gone + 1
    assert resolve("/om-oss/") == page.pk


def test_deleted_pages_are_gone_with_all_below(home):
    parent = add(home, section("Nyheter"))
    child = add(parent, news("Sak"))
    never = add(parent, news("Utkast"), live=False)
    work()
    delete(parent)
    work()
    assert resolve("/nyheter/") == resolve("/nyheter/sak/") == "gone"
    assert isinstance(document(child), reads.Tombstone)
    assert document(never) is None


def test_deletion_of_many_pages_by_one_query(home):
    pages = [add(home, plain(f"Side {number}")) for number in range(3)]
    work()
    Page.objects.filter(pk__in=[page.pk for page in pages]).delete()
    work()
    assert not any(is_live(page) for page in pages)


def test_save_of_single_fields_is_seen(home):
    page = add(home, plain("Om oss"))
    work()
    page = page.specific_class.objects.get(pk=page.pk)
    page.summary = "Kort sagt"
    page.save(update_fields=["summary"])
    work()
    assert detail(page)["summary"] == "Kort sagt"


def test_save_of_a_bare_page_is_seen(home):
    page = add(home, plain("Om oss"))
    work()
    bare = Page.objects.get(pk=page.pk)
    bare.live = False
    bare.save()
    work()
    assert not is_live(page)


def test_first_publishing_in_the_future_stays_hidden(home):
    page = add(home, plain("Senere"), live=False)
    publish(page, go_live_at=timezone.now() + timedelta(days=1))
    work()
    assert document(page) is None


def test_date_of_first_publishing_may_lie_in_the_future(home):
    page = add(home, plain("Datert"))
    moment = datetime(2090, 1, 1, 12, tzinfo=UTC)
    publish(page, first_published_at=moment)
    work()
    assert detail(page)["first_published_at"] == "2090-01-01T13:00:00+01:00"
    assert Document.objects.get(pk=page.pk).published_at == moment


def test_copied_page_and_its_descendants_are_published(home):
    parent = add(home, section("Nyheter"))
    add(parent, news("Sak"))
    work()
    copied = Page.objects.get(pk=parent.pk).specific.copy(
        recursive=True, update_attrs={"slug": "kopi", "title": "Kopi"}
    )
    work()
    assert resolve("/kopi/") == copied.pk
    assert isinstance(resolve("/kopi/sak/"), int)


def test_copy_as_draft_stays_hidden(home):
    page = add(home, plain("Om oss"))
    work()
    copied = page.specific.copy(update_attrs={"slug": "kopi"}, keep_live=False)
    work()
    assert document(copied) is None


def test_many_pages_in_one_transaction(home):
    parent = add(home, section("Arkiv"))
    pages = [add(parent, news(f"Sak {number}")) for number in range(20)]
    work()
    assert all(is_live(page) for page in pages)


def test_loaded_fixture_is_published(home):
    page = add(home, plain("Om oss"))
    work()
    data = serializers.serialize("json", [page.specific_class.objects.get(pk=page.pk), Page.objects.get(pk=page.pk)])
    data = data.replace('"Om oss"', '"Fra fil"')
    for each in serializers.deserialize("json", data):
        each.save()
    work()
    assert detail(page)["title"] == "Fra fil"


def test_step_that_changes_nothing_writes_nothing(home):
    page = add(home, plain("Om oss"))
    work()
    before = (document(page), reads.last_change())
    Page.objects.get(pk=page.pk).specific.save()
    assert Note.objects.filter(target=f"page:{page.pk}").exists()
    work()
    assert (document(page), reads.last_change()) == before
    assert not Note.objects.exists()


def test_tombstone_of_a_page_is_told_to_every_reader_of_the_log(home):
    page = add(home, plain("Om oss"))
    work()
    delete(page)
    work()
    entry = Change.objects.order_by("-pk").filter(document_id=page.pk).first()
    assert (entry.kind, entry.path, entry.version) == ("removed", "/om-oss/", 2)
