"""What the worker repairs by itself: changes that left no notes."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from cms.publishing import aliases, auditor, audits, consumers, reads
from cms.publishing.models import Audit, Document, MediaFile, Note
from tests.integration.publishing.site import add, assert_consistent, detail, is_live, plain, publish, section, work
from tests.integration.publishing.test_consumers import Copy


@pytest.fixture
def page(home):
    added = add(home, plain("Side"))
    work()
    return added


def test_nothing_is_noted_where_nothing_is_wrong(page):
    auditor.mend()
    assert not Note.objects.exists()


def test_pages_taken_offline_by_sql(page):
    Page.objects.filter(pk=page.pk).update(live=False)
    auditor.mend()
    work()
    assert not is_live(page)
    Page.objects.filter(pk=page.pk).update(live=True)
    auditor.mend()
    work()
    assert is_live(page)
    assert_consistent()


def test_what_was_found_is_remembered_but_not_what_is_on_its_way(page, home):
    Page.objects.filter(pk=page.pk).update(live=False)
    add(home, plain("På vei"))
    auditor.mend()
    [audit] = audits.last()
    assert (audit.kind, audit.found, audit.repaired) == (Audit.Kind.HOURLY, {"ghost": 1}, 1)
    work()
    auditor.mend()
    [audit] = audits.last()
    assert (audit.found, audit.repaired) == ({}, 0)


def test_remains_of_a_removed_document(page):
    page.specific.unpublish()
    work()
    MediaFile.objects.create(path="images/rest.png", document_id=page.pk)
    auditor.mend()
    work()
    assert reads.media_file("images/rest.png") is None


def test_drift_of_a_consumer(page):
    consumer = Copy()
    consumers.register(consumer)
    while consumers.follow(consumer):
        pass
    consumer.versions.clear()
    auditor.mend()
    while consumers.follow(consumer):
        pass
    assert consumer.versions == reads.live_versions()


@pytest.fixture
def alias(home, page):
    parent = add(home, section("Annet sted"))
    made = Page.objects.get(pk=page.pk).create_alias(parent=Page.objects.get(pk=parent.pk))
    work()
    assert not aliases.behind().exists()
    return made


def test_alias_that_did_not_follow_its_source(page, alias, monkeypatch):
    """The web process was killed between the publishing and the copying."""
    with monkeypatch.context() as killed:
        killed.setattr(Page, "update_aliases", lambda *args, **kwargs: None)
        publish(page, title="Ny tittel")
    work()
    assert detail(alias)["title"] == "Side"
    assert alias.pk in auditor.check().stale
    auditor.mend()
    work()
    assert detail(alias)["title"] == "Ny tittel"
    assert_consistent()


def test_alias_that_stayed_when_its_source_went(page, alias):
    Page.objects.filter(pk=page.pk).update(live=False)
    auditor.mend()
    work()
    assert not is_live(alias)
    assert Document.objects.get(pk=alias.pk).removed_at
