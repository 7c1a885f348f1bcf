"""One holder at a time; whoever lost the lease writes nothing more."""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.publishing import lease as leases
from cms.publishing.lease import Holder, LeaseLost, holder_alive
from cms.publishing.models import Document, Lease
from cms.publishing.projector import Projector
from tests.integration.publishing.site import add, plain, publish, work


@pytest.fixture
def holder(db):
    holder = Holder("projector")
    assert holder.take()
    yield holder
    holder.release()


def dead_process() -> str:
    process = subprocess.Popen(["sleep", "60"])
    name = f"{leases._machine()}/{process.pid}/{leases._started(process.pid)}/x"
    process.kill()
    process.wait()
    return name


def test_second_process_stands_by(holder):
    other = Holder("projector")
    assert not other.take()
    assert holder.take()
    assert holder_alive("projector")


def test_released_lease_can_be_taken(holder):
    other = Holder("projector")
    holder.release()
    assert other.take()
    other.release()
    assert not holder_alive("projector")


def test_expired_lease_can_be_taken_and_its_holder_writes_no_more(holder):
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    other = Holder("projector")
    assert other.take()
    with pytest.raises(LeaseLost):
        holder.check()
    assert not holder.take()
    other.release()


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="sees the death of processes on Linux only")
def test_lease_of_a_process_that_died_here_is_free_at_once(db):
    Lease.objects.create(name="projector", holder=dead_process(), expires_at=timezone.now() + timedelta(seconds=10))
    assert not holder_alive("projector")
    holder = Holder("projector")
    assert holder.take()
    holder.release()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(lambda: dead_process().replace(leases._machine(), "elsewhere:0:0"), id="another machine"),
        pytest.param(lambda: f"{leases._machine()}/{os.getpid()}/{leases._started(os.getpid())}/x", id="alive"),
    ],
)
def test_lease_of_others_is_waited_for(db, name):
    Lease.objects.create(name="projector", holder=name(), expires_at=timezone.now() + timedelta(seconds=10))
    assert not Holder("projector").take()


def test_process_id_that_is_used_again_is_another_process(db):
    name = f"{leases._machine()}/{os.getpid()}/1/x"
    Lease.objects.create(name="projector", holder=name, expires_at=timezone.now() + timedelta(seconds=10))
    assert not holder_alive("projector")


def test_projector_that_was_paused_writes_nothing(home, holder):
    """It has built a document; meanwhile another has taken over."""
    page = add(home, plain("Side"))
    work()
    publish(page, title="Fra den første")
    paused = Projector(holder)
    Lease.objects.update(holder="another", expires_at=timezone.now() + timedelta(seconds=10))
    before = Document.objects.get(pk=page.pk)
    with pytest.raises(LeaseLost):
        paused.step()
    assert Document.objects.get(pk=page.pk).version == before.version
