"""``manage.py documents``: status, rebuild, check, and the repair of whatever is damaged."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.publishing import build, consumers, reads
from cms.publishing.models import (
    Change,
    Dependency,
    Document,
    DocumentKey,
    KeyLabel,
    MediaFile,
    Note,
    PublishedSite,
    Route,
)
from tests.integration.publishing.site import (
    add,
    add_image,
    detail,
    is_live,
    link_text,
    main_image,
    news,
    publish,
    resolve,
    section,
    stream,
    unpublish,
    work,
)
from tests.integration.publishing.test_consumers import Copy


def documents(*arguments):
    """(exit code, parsed output)."""
    out = StringIO()
    try:
        call_command("documents", *arguments, stdout=out)
    except SystemExit as error:
        return error.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


@pytest.fixture
def page(home):
    parent = add(home, section("Nyheter"))
    added = add(parent, news("Sak", municipalities=stream(("municipality", "3405")), image=main_image(add_image())))
    publish(home, body=stream(link_text(added)))
    Redirect.add_redirect("/kort", added)
    work()
    return added


def test_nothing_is_pending(page):
    code, status = documents("status")
    assert code == 0
    assert status == {"first_build": 0, "notes": 0, "renditions": 0, "worker": False, "failed": [], "audits": {}}


def test_edit_is_pending_until_it_is_published(page):
    publish(page, title="Ny")
    add_image()
    code, status = documents("status", "--wait", "0.1")
    assert (code, status["notes"], status["renditions"]) == (1, 2, 1)
    work()
    assert documents("status")[0] == 0


def test_database_without_documents_is_pending(db):
    code, status = documents("status")
    assert (code, status["first_build"]) == (1, 1)


def test_status_of_consumers(page):
    consumers.register(Copy())
    code, status = documents("status")
    assert code == 1
    assert status["copy"] > 0


def test_status_says_what_failed_and_why(page, monkeypatch):
    monkeypatch.setattr(build, "own_keys", _fail)
    publish(page, title="Ny")
    work()
    code, status = documents("status")
    assert code == 1
    (failed,) = status["failed"]
    assert failed["what"] == f"page:{page.pk}"
    assert failed["reason"] == "RuntimeError: a plugin's mistake"
    assert failed["attempts"] == 1
    code, report = documents("check")
    assert code == 1
    assert page.pk in report["stale"]


def test_status_says_what_is_overdue(page):
    """A scheduled item that fails is no note; it must be seen all the same."""
    late = timezone.now() - timedelta(minutes=5)
    Page.objects.filter(pk=page.pk).update(expire_at=late)
    code, status = documents("status")
    assert code == 0
    assert [each["what"] for each in status["failed"]] == [f"expire wagtailcore.Page {page.pk}"]
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    assert documents("status")[1]["failed"] == []


def _fail(*args, **kwargs):
    raise RuntimeError("a plugin's mistake")


def test_rebuild_of_a_converged_site_writes_nothing(page):
    before = (reads.last_change(), list(Document.objects.order_by("pk").values()))
    code, _ = documents("rebuild")
    assert code == 0
    assert (reads.last_change(), list(Document.objects.order_by("pk").values())) == before


def test_check_counts(page):
    consumer = Copy()
    consumers.register(consumer)
    while consumers.follow(consumer):
        pass
    code, report = documents("check")
    assert code == 0
    assert report == {"pages": 3, "documents": 3, "indexed": 0, "missing": [], "stale": [], "ghost": []}


def _delete_document(page):
    Document.objects.filter(pk=page.pk).delete()


def _damage_detail(page):
    Document.objects.filter(pk=page.pk).update(detail=b'{"title": "Skadet"}')


def _break_detail(page):
    Document.objects.filter(pk=page.pk).update(detail=b"\x00no json")


def _damage_summary(page):
    Document.objects.filter(pk=page.pk).update(summary=b"{}")


def _damage_columns(page):
    Document.objects.filter(pk=page.pk).update(title="Skadet", etag="x", sort_title="", type="event")


def _delete_keys(page):
    DocumentKey.objects.filter(document_id=page.pk, field="municipality").delete()


def _delete_typed_key(page):
    DocumentKey.objects.filter(document_id=page.pk, field="municipality").exclude(type="").delete()


def _delete_route(page):
    Route.objects.filter(document_id=page.pk).delete()


def _delete_dependencies(page):
    Dependency.objects.filter(document_id=page.pk).delete()


def _delete_files(page):
    MediaFile.objects.filter(document_id=page.pk).delete()


def _delete_redirect(page):
    Route.objects.filter(redirect_id__isnull=False).delete()


def _damage_site(page):
    PublishedSite.objects.update(navigation=b"{}")


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (_delete_document, "missing"),
        (_damage_detail, "stale"),
        (_break_detail, "stale"),
        (_damage_summary, "stale"),
        (_damage_columns, "stale"),
        (_delete_keys, "stale"),
        (_delete_typed_key, "stale"),
        (_delete_route, "stale"),
        (_delete_dependencies, "stale"),
        (_delete_files, "stale"),
        (_delete_redirect, "stale"),
        (_damage_site, "stale"),
    ],
)
def test_damage_is_found_and_repaired(page, damage, kind):
    before = {**detail(page), "version": 0}
    damage(page)
    code, report = documents("check")
    assert code == 1
    assert report[kind], report
    code, report = documents("check", "--repair")
    assert code == 0, report
    assert {**detail(page), "version": 0} == before
    assert resolve("/nyheter/sak/") == page.pk
    assert resolve("/kort/") == "/nyheter/sak/"
    assert reads.keys([page.pk])[page.pk]["municipality"] == ("3405",)
    assert documents("status")[0] == 0


def test_damaged_document_gets_a_new_version_when_it_is_repaired(page):
    """Whoever fetched the damaged one must learn of the repair."""
    before = detail(page)["version"]
    _damage_detail(page)
    documents("check", "--repair")
    assert detail(page)["version"] == before + 1
    assert Change.objects.order_by("-pk").filter(document_id=page.pk).first().version == before + 1


def test_missing_labels_come_back_with_the_next_build(page):
    KeyLabel.objects.all().delete()
    documents("rebuild")
    assert reads.labels({"municipality": ["3405"]}) == {"municipality": {"3405": "Lillehammer"}}


def test_document_of_a_hidden_page_is_found_and_removed(page):
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")
    Note.objects.all().delete()
    code, report = documents("check")
    assert (code, report["ghost"]) == (1, [page.pk])
    assert documents("check", "--repair")[0] == 0
    assert not is_live(page)


def test_document_without_page_is_found_and_removed(page):
    row = Document.objects.get(pk=page.pk)
    row.pk = 999_999
    row.save(force_insert=True)
    code, report = documents("check")
    assert (code, report["ghost"]) == (1, [999_999])
    assert documents("check", "--repair")[0] == 0
    assert Document.objects.get(pk=999_999).removed_at
    assert is_live(page)


def test_remains_of_a_removed_document_are_found_and_removed(page):
    unpublish(page)
    work()
    MediaFile.objects.create(path="images/rest.png", document_id=page.pk)
    code, report = documents("check")
    assert (code, report["ghost"]) == (1, [page.pk])
    assert documents("check", "--repair")[0] == 0
    assert reads.media_file("images/rest.png") is None


def test_drift_of_a_consumer_is_found_and_repaired(page):
    consumer = Copy()
    consumers.register(consumer)
    while consumers.follow(consumer):
        pass
    del consumer.versions[page.pk]
    consumer.versions[999_999] = 1
    code, report = documents("check")
    assert (code, report["missing"], report["ghost"]) == (1, [page.pk], [999_999])
    assert documents("check", "--repair")[0] == 0
    assert consumer.versions == reads.live_versions()


def test_last_check_is_remembered(page):
    work()
    Document.objects.filter(pk=page.pk).delete()
    documents("check")
    found = documents("status")[1]["audits"]["complete"]
    assert (found["found"]["missing"], found["repaired"]) == (1, 0)
    documents("check", "--repair")
    repaired = documents("status")[1]["audits"]["complete"]
    assert repaired["found"] == found["found"]
    assert repaired["repaired"] == sum(found["found"].values())
    documents("check")
    again = documents("status")[1]["audits"]["complete"]
    assert (again["found"], again["repaired"], again["at"] >= found["at"]) == ({}, 0, True)
