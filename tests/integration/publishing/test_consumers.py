"""Consumers of the log: cursors, parked documents, starting over by comparison."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.publishing import consumers, reads
from cms.publishing.lease import Holder, LeaseLost
from cms.publishing.models import Change, Consumer, Lease, Parked, Projection
from tests.integration.publishing.site import add, delete, plain, publish, work


class Copy:
    """Keeps the version of each document, as an index would."""

    name = "copy"

    def __init__(self):
        self.versions = {}
        self.poisoned = set()
        self.down = False
        self.asked = []

    def prepare(self):
        return consumers.Prepared()

    def apply(self, document_ids):
        if self.down:
            raise ConnectionError("the engine is down")
        self.asked.append(list(document_ids))
        live = reads.live_versions()
        for each in document_ids:
            if each in self.poisoned:
                continue
            if each in live:
                self.versions[each] = live[each]
            else:
                self.versions.pop(each, None)
        return {each: "cannot be read" for each in document_ids if each in self.poisoned}

    def compare(self):
        live = reads.live_versions()
        return consumers.Drift(
            missing=live.keys() - self.versions.keys(),
            stale={each for each in live.keys() & self.versions.keys() if live[each] != self.versions[each]},
            ghost=self.versions.keys() - live.keys(),
        )

    def close(self):
        pass


@pytest.fixture
def copy(home):
    consumer = Copy()
    consumers.register(consumer)
    follow(consumer)
    return consumer


def follow(consumer):
    while consumers.follow(consumer):
        pass


def test_new_consumer_takes_what_there_is(home):
    pages = [add(home, plain(f"Side {number}")) for number in range(3)]
    work()
    consumer = Copy()
    assert consumers.pending("copy") > 0
    follow(consumer)
    assert consumer.versions == reads.live_versions()
    assert set(consumer.versions) == {home.pk, *(page.pk for page in pages)}
    assert consumers.pending("copy") == 0


def test_consumer_follows_the_log(home, copy):
    page = add(home, plain("Side"))
    work()
    assert consumers.lag("copy") == 1
    follow(copy)
    assert copy.versions == reads.live_versions()
    assert consumers.lag("copy") == 0
    delete(page)
    work()
    follow(copy)
    assert page.pk not in copy.versions


def test_many_changes_of_one_document_are_taken_once(home, copy):
    page = add(home, plain("Side"))
    for number in range(3):
        publish(page, title=f"Side {number}")
        work()
    copy.asked.clear()
    follow(copy)
    assert copy.asked == [[page.pk]]


def test_engine_that_is_down_loses_nothing(home, copy):
    add(home, plain("Side"))
    work()
    copy.down = True
    for _ in range(2):
        with pytest.raises(ConnectionError):
            consumers.follow(copy)
    assert Consumer.objects.get(name="copy").error == "ConnectionError: the engine is down"
    copy.down = False
    follow(copy)
    assert copy.versions == reads.live_versions()
    assert Consumer.objects.get(name="copy").error == ""


def test_poisoned_document_is_parked_and_holds_nobody_up(home, copy):
    poison, other = add(home, plain("Gift")), add(home, plain("Frisk"))
    copy.poisoned = {poison.pk}
    work()
    follow(copy)
    assert other.pk in copy.versions
    parked = Parked.objects.get()
    assert (parked.document_id, parked.reason, parked.attempts) == (poison.pk, "cannot be read", 1)
    assert consumers.pending("copy") == 1
    for attempts in (2, 3):
        Parked.objects.update(retry_at=timezone.now())
        follow(copy)
        assert Parked.objects.get().attempts == attempts
    assert Parked.objects.get().retry_at > timezone.now() + timedelta(seconds=2)
    copy.poisoned = set()
    Parked.objects.update(retry_at=timezone.now())
    follow(copy)
    assert not Parked.objects.exists()
    assert copy.versions == reads.live_versions()


def test_later_change_of_a_parked_document_takes_it_from_there(home, copy):
    page = add(home, plain("Gift"))
    copy.poisoned = {page.pk}
    work()
    follow(copy)
    copy.poisoned = set()
    publish(page, title="Rettet")
    work()
    follow(copy)
    assert not Parked.objects.exists()


def test_consumer_starts_over_when_the_log_was_cut(home, copy):
    page = add(home, plain("Side"))
    gone = add(home, plain("Borte"))
    work()
    follow(copy)
    publish(page, title="Ny")
    delete(gone)
    work()
    last = reads.last_change()
    Change.objects.filter(pk__lt=last).delete()
    Projection.objects.update(log_begin=last - 1)
    Consumer.objects.update(cursor=0)
    follow(copy)
    assert copy.versions == reads.live_versions()
    assert Consumer.objects.get().cursor == last


def test_consumer_starts_over_after_a_restored_backup(home, copy):
    """Its index holds newer versions than the restored documents, and pages that no longer are there."""
    copy.versions[home.pk] += 5
    copy.versions[999_999] = 1
    Projection.objects.update(epoch="another")
    follow(copy)
    assert copy.versions == reads.live_versions()


def test_cursor_does_not_move_without_the_lease(home, copy):
    add(home, plain("Side"))
    work()
    before = Consumer.objects.get().cursor
    Lease.objects.create(name="projector", holder="another", expires_at=timezone.now() + timedelta(minutes=1))
    with pytest.raises(LeaseLost):
        consumers.follow(copy, Holder("projector"))
    assert Consumer.objects.get().cursor == before
