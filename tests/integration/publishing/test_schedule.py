"""Publishing and expiry at their times; one item that fails stops no other."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from cms.publishing.lease import Holder, LeaseLost
from cms.publishing.models import Lease
from cms.publishing.schedule import Schedule
from home.models import PlainPage
from tests.integration.publishing.site import (
    add,
    detail,
    document,
    is_live,
    menu,
    plain,
    publish,
    resolve,
    section,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


def schedule(page, **values):
    """Approves a revision for a time that then comes."""
    fresh = page.specific_class.objects.get(pk=page.pk)
    for name, value in {"go_live_at": timezone.now() + timedelta(hours=1), **values}.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    return Revision.objects.filter(approved_go_live_at__isnull=False)


def let_time_pass():
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    Page.objects.filter(expire_at__gt=timezone.now()).update(expire_at=past)


def test_schedule_that_is_stopped_finishes_the_item_and_leaves_the_rest(home):
    stopping = threading.Event()
    pages = [add(home, plain(f"Senere {number}"), live=False) for number in range(3)]
    for page in pages:
        schedule(page)
    let_time_pass()
    page_published.connect(stop := lambda **_: stopping.set())
    try:
        assert Schedule(stopping=stopping).run_due() == 1
    finally:
        page_published.disconnect(stop)
    assert Schedule().run_due() == 2


def test_scheduled_page_goes_live_at_its_time(home):
    page = add(home, plain("Senere"), live=False)
    schedule(page)
    assert Schedule().run_due() == 0
    work()
    assert document(page) is None
    let_time_pass()
    assert Schedule().run_due() == 1
    work()
    assert resolve("/senere/") == page.pk


def test_scheduled_change_of_a_live_page(home):
    page = add(home, section("Nå"))
    schedule(page, title="Senere")
    work()
    assert detail(page)["title"] == "Nå"
    let_time_pass()
    assert Schedule().run_due() == 1
    work()
    assert detail(page)["title"] == "Senere"
    assert menu() == ["Senere"]


def test_page_expires(home):
    page = add(home, plain("Frist"))
    publish(page, expire_at=timezone.now() + timedelta(hours=1))
    work()
    assert Schedule().run_due() == 0
    let_time_pass()
    assert Schedule().run_due() == 1
    work()
    assert resolve("/frist/") == "gone"
    assert Page.objects.get(pk=page.pk).expired


def test_item_that_fails_stops_no_other_and_is_tried_again(home, monkeypatch, caplog):
    pages = [add(home, plain(f"Side {number}"), live=False) for number in range(3)]
    for page in pages:
        schedule(page)
    let_time_pass()
    broken = pages[0].pk
    save = PlainPage.save

    def fail(page, *args, **kwargs):
        if page.pk == broken and page.live:
            raise RuntimeError("cannot be published")
        return save(page, *args, **kwargs)

    monkeypatch.setattr(PlainPage, "save", fail)
    run = Schedule()
    assert run.run_due() == 2
    work()
    assert [is_live(page) for page in pages] == [False, True, True]
    assert "cannot be published" in caplog.text
    assert run.run_due() == 0, "not at once"
    broken = 0
    assert Schedule().run_due() == 1
    work()
    assert is_live(pages[0])


def test_expiry_that_fails_leaves_the_page_whole(home, monkeypatch):
    """All of one item is one transaction: no page is half unpublished."""
    page = add(home, plain("Frist"))
    publish(page, expire_at=timezone.now() + timedelta(hours=1))
    let_time_pass()
    monkeypatch.setattr("wagtail.actions.unpublish_page.UnpublishPageAction._after_unpublish", _fail)
    assert Schedule().run_due() == 0
    assert Page.objects.get(pk=page.pk).live


def _fail(*args):
    raise RuntimeError("signal receiver")


def test_item_that_was_done_meanwhile_is_left_alone(home, monkeypatch):
    """The page is published and taken down again by others while a paused worker still has it on its list."""
    page = add(home, plain("Senere"), live=False)
    schedule(page)
    let_time_pass()
    due = Schedule()
    original = due._try

    def late(*args):
        publish(page, go_live_at=None)
        unpublish(page)
        return original(*args)

    monkeypatch.setattr(due, "_try", late)
    due.run_due()
    work()
    assert not Page.objects.get(pk=page.pk).live


def test_nothing_is_done_without_the_lease(home):
    page = add(home, plain("Senere"), live=False)
    schedule(page)
    let_time_pass()
    holder = Holder("schedule")
    Lease.objects.create(name="schedule", holder="another", expires_at=timezone.now() + timedelta(minutes=1))
    with pytest.raises(LeaseLost):
        Schedule(holder).run_due()
    assert not Page.objects.get(pk=page.pk).live
