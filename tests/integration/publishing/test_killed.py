"""Processes killed between any two steps: nothing is lost after the next start. At random points: tests/faults."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.integration.publishing.installation import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # the latter has the database made that is copied

POINTS = ["claimed", "built", "written", "applied", "moved"]


@pytest.mark.parametrize("point", POINTS)
def test_worker_killed_at_a_failpoint_loses_nothing(installation, point):
    """At the very first build, and again when there is more to do."""
    for count in (1, 3):
        killed = installation.worker(f"{point}:{count}")
        installation.do("edit", name=f"{point} {count}")
        wait_until(partial(_is_over_or_has_more, killed, installation), seconds=120)
        assert killed.returncode == -signal.SIGKILL
    installation.worker()
    installation.assert_whole()


def _is_over_or_has_more(process: subprocess.Popen[bytes], installation: Any) -> bool:
    """A quick worker takes everything at once, and then comes to its failpoint with the next edit only."""
    if process.poll() is None:
        installation.do("edit", name="Mer")
    return process.poll() is not None


def test_editor_killed_after_its_note_loses_the_edit_and_the_note(installation):
    """The note is in the edit's transaction, so neither is there without the other."""
    installation.worker()
    installation.assert_whole()
    code = (
        "import django; django.setup(); from tests.integration.publishing import site;"
        "site.publish(site.PlainPage.objects.get(), title='Halv')"
    )
    killed = installation.start("-c", code, env={"FORMIDLE_FAILPOINT": "noted"})
    assert killed.wait(timeout=60) == -signal.SIGKILL
    installation.assert_whole()


def test_another_worker_takes_over_before_the_lease_of_a_killed_one_ends(installation):
    first, second = installation.worker(), installation.worker()
    processes = {process.pid: process for process in (first, second)}
    wait_until(lambda: installation.do("holder") in processes)
    installation.assert_whole()
    holder = processes.pop(installation.do("holder"))
    installation.do("edit", name="Før")
    holder.kill()
    installation.do("prolong_lease")
    wait_until(lambda: installation.do("holder") in processes, seconds=60)
    installation.do("edit", name="Etter")
    installation.assert_whole()


def test_paused_worker_writes_nothing_when_it_wakes_up(installation):
    first = installation.worker()
    wait_until(lambda: installation.do("holder") == first.pid)
    second = installation.worker()
    installation.assert_whole()
    installation.do("edit", name="Før")
    wait_until(lambda: _sleeps_so_long_that_another_takes_over(first, second, installation), seconds=120)
    installation.do("edit", name="Mens den sov")
    first.send_signal(signal.SIGCONT)
    installation.do("edit", name="Etter")
    installation.assert_whole()
    assert installation.do("holder") == second.pid
    assert first.poll() is None, "it stands by"


def _sleeps_so_long_that_another_takes_over(first: Any, second: Any, installation: Any) -> bool:
    first.send_signal(signal.SIGSTOP)
    with contextlib.suppress(AssertionError):
        wait_until(lambda: installation.do("holder") == second.pid, seconds=15)
        return True
    # stopped while it wrote: on SQLite nobody else can, so it is woken and put to sleep again
    first.send_signal(signal.SIGCONT)
    return False


def test_schedule_ends_with_its_worker_and_the_worker_with_it(installation):
    """However one of them ends, no half is left over, so that whoever tends the worker starts both again."""
    worker = installation.worker()
    wait_until(lambda: installation.do("holder", name="schedule"))
    clock = installation.do("holder", name="schedule")
    assert clock != worker.pid
    worker.kill()
    worker.wait()
    wait_until(lambda: not Path(f"/proc/{clock}").exists())
    worker = installation.worker()
    wait_until(lambda: installation.do("holder", name="schedule") not in (clock, None))
    os.kill(installation.do("holder", name="schedule"), signal.SIGKILL)
    assert worker.wait(timeout=60) == 1
    worker, left = installation.worker(), installation.do("holder", name="schedule")
    wait_until(lambda: installation.do("holder", name="schedule") not in (left, None))
    end(worker)
    assert installation.do("holder", name="schedule") is None


def test_documents_command_asks_the_worker_that_runs(installation):
    installation.worker()
    installation.assert_whole()
    code, status = installation.do("documents", arguments=["rebuild"])
    assert code == 0, status
    assert json.loads(status)["worker"]
    assert installation.do("documents", arguments=["check", "--repair"])[0] == 0


def test_worker_stopped_inside_a_transaction_loses_nothing_and_writes_nothing_late(installation):
    """As a machine that is suspended. PostgreSQL ends its transaction and another worker takes over; SQLite waits.

    The embedded search index belongs to the stopped process for as long as it lives: search follows when it goes on.
    """
    worker = installation.worker()
    installation.assert_whole()
    end(worker)
    stopped = installation.worker("written:1:stop")
    installation.do("edit", name="Midt i")
    wait_until(partial(_is_stopped, stopped.pid))
    other = installation.worker()
    editor = installation.editor()
    editor.tell("edit", name="Imens")
    if connection.vendor == "sqlite":
        time.sleep(1)
    else:
        wait_until(lambda: installation.do("holder") == other.pid, seconds=150)
        editor.hear()
        wait_until(partial(_is_published, installation))
        editor.tell("edit", name="Etterpå")
    stopped.send_signal(signal.SIGCONT)
    editor.hear()
    installation.assert_whole()


def _is_published(installation) -> bool:
    _, status = installation.do("documents", arguments=["status"])
    return json.loads(status)["notes"] == 0


def _is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()
