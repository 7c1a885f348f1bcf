"""What goes wrong with one page stays with that page."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cms.publishing import build, notes
from cms.publishing.models import Document, Note
from cms.publishing.projector import Projector
from tests.integration.publishing.site import (
    add,
    assert_consistent,
    cards,
    detail,
    is_live,
    plain,
    publish,
    resolve,
    stream,
    unpublish,
    work,
)


@pytest.fixture
def broken(home, monkeypatch):
    """A page whose builder raises from now on, and the switch that mends it."""
    page = add(home, plain("Skjør", slug="skjor"))
    work()
    state = {"broken": True}
    own_keys = vars(build)["own_keys"]

    def fail(content_type, built, *args, **kwargs):
        if state["broken"] and built.pk == page.pk:
            raise RuntimeError("a plugin's mistake")
        return own_keys(content_type, built, *args, **kwargs)

    monkeypatch.setattr(build, "own_keys", fail)
    return page, state


def let_retries_be_due():
    Note.objects.update(due_at=timezone.now())


def test_builder_that_raises_spoils_only_its_own_page(home, broken):
    page, state = broken
    other = add(home, plain("Hel", body=stream(cards(page))))
    publish(page, title="Ny tittel")
    work()
    assert is_live(other)
    assert detail(page)["title"] == "Skjør", "its old document is kept"
    failed = Note.objects.get()
    assert (failed.target, failed.attempts) == (f"page:{page.pk}", 1)
    assert failed.error == "RuntimeError: a plugin's mistake"
    assert failed.due_at
    assert failed.due_at > timezone.now()
    state["broken"] = False
    let_retries_be_due()
    work()
    assert detail(page)["title"] == "Ny tittel"
    assert not Note.objects.exists()
    assert_consistent()


def test_page_that_fails_for_ever_leaves_one_note(home, broken):
    page, _ = broken
    target = add(home, plain("Mål"))
    for number in range(5):
        publish(page, summary=f"{number}")
        publish(target, title=f"Mål {number}")
        work()
    let_retries_be_due()
    work()
    failed = Note.objects.get()
    assert failed.attempts == 6


def test_page_that_fails_can_still_be_removed(home, broken):
    page, _ = broken
    publish(page, title="Ny tittel")
    work()
    unpublish(page)
    work()
    assert resolve("/skjor/") == "gone"
    assert not Note.objects.exists()


def test_waiting_time_grows_to_ten_minutes():
    waits = [min(notes.LONGEST_WAIT_SECONDS, 2 ** min(attempt - 1, 10)) for attempt in (1, 2, 3, 11, 1000)]
    assert waits == [1, 2, 4, 600, 600]


def test_failing_page_does_not_hold_up_the_first_build(home, broken):
    from cms.publishing.models import Projection, PublishedSite

    page, _ = broken
    Document.objects.all().delete()
    PublishedSite.objects.all().delete()
    Projection.objects.all().delete()
    work()
    assert is_live(home)
    assert not is_live(page)


def test_edit_while_the_page_is_built_is_built_again(home, monkeypatch):
    """The first build may mix two states, so it is not written."""
    from cms.publishing import projector

    page = add(home, plain("Først"))
    work()
    original = vars(projector)["build"]
    edits = iter(["Sist"])

    def edited_meanwhile(*args, **options):
        built = original(*args, **options)
        for title in edits:
            publish(page, title=title)
        return built

    monkeypatch.setattr(projector, "build", edited_meanwhile)
    publish(page, title="Midt i")
    before = Document.objects.get(pk=page.pk).version
    Projector().step()
    assert detail(page)["title"] == "Først"
    work()
    assert detail(page)["title"] == "Sist"
    assert detail(page)["version"] == before + 1


def test_page_closed_while_it_is_built_is_not_shown(home, monkeypatch):
    """The editor closes the section and then publishes what only staff may read."""
    from wagtail.models import Page, PageViewRestriction

    from cms.publishing import projector

    page = add(home, plain("Åpen", slug="apen"))
    work()
    original = vars(projector)["build"]
    closed: list[Any] = []

    def closed_meanwhile(specific, publicness, batch):
        if not closed:
            closed.append(PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk)))
            Note.objects.all().delete()  # not even its note is needed
            specific.title = "Bare for ansatte"
        return original(specific, publicness, batch=batch)

    monkeypatch.setattr(projector, "build", closed_meanwhile)
    publish(page, title="Ny tittel")
    Projector().step()
    assert detail(page)["title"] == "Åpen"


def test_database_error_in_one_step_is_tried_again(home, monkeypatch):
    from django.db import OperationalError

    from cms.publishing import store

    page = add(home, plain("Side"))
    write = store.write
    errors = iter([OperationalError("database is locked")])

    def locked_once(found):
        for error in errors:
            raise error
        write(found)

    monkeypatch.setattr(store, "write", locked_once)
    work()
    assert not is_live(page)
    let_retries_be_due()
    work()
    assert is_live(page)
