"""Editors, web servers and workers killed at random points, while somebody mirrors the site: nothing lost or stale.

FORMIDLE_KILLS=100 for the long form.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from tests.faults.admin import Admin
from tests.faults.mirror import Mirror, get
from tests.integration.publishing.installation import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

POINTS = ["claimed", "built", "written", "applied", "moved"]
KILLS = int(os.environ.get("FORMIDLE_KILLS", 8))
ROUND = 10
CONVERGED_SECONDS = 60
HALF_AN_EDIT = (
    "import django; django.setup(); from tests.integration.publishing import editor; editor.edit('Drept midt i {}')"
)


def test_killed_at_random_points(installation, draw):
    mirror = Mirror(installation.web())
    calm = installation.worker()
    installation.assert_whole()
    stop(calm)
    for number in range(1, KILLS + 1):
        if draw.random() < 0.3:
            killed = installation.start(
                "-c", HALF_AN_EDIT.format(number), env={"FORMIDLE_FAILPOINT": f"noted:{draw.randint(1, 6)}"}
            )
            assert killed.wait(timeout=120) == -signal.SIGKILL
        worker = installation.worker(f"{draw.choice(POINTS)}:{draw.randint(1, 30)}")
        installation.do("edit", name=f"Runde {number}")
        mirror.follow()
        try:
            worker.wait(timeout=draw.uniform(0, 8))
        except subprocess.TimeoutExpired:
            stop(worker)
        if number % ROUND == 0 or number == KILLS:
            calm = installation.worker()
            began = time.monotonic()
            installation.assert_whole()
            print(f"{number} kills, converged in {time.monotonic() - began:.1f} s", flush=True)
            assert time.monotonic() - began < CONVERGED_SECONDS
            mirror.follow()
            assert mirror.documents == mirror.live()
            stop(calm)


def test_web_server_killed_while_it_takes_an_editors_request(installation):
    """The edit and its note are there together, or neither is."""
    installation.worker()
    installation.assert_whole()
    page, session = installation.do("session")
    admin = Admin(installation.web(FORMIDLE_FAILPOINT="noted"), session)
    assert admin.unpublish(page) is None, "the process died before it answered"
    installation.assert_whole()
    safe = Admin(installation.web(), session)
    assert get_status(safe, page) == 200
    assert safe.unpublish(page) == 302
    wait_until(lambda: get_status(safe, page) == 410)
    installation.assert_whole()


def get_status(admin: Admin, page: int) -> int:
    return get(f"{admin.server}/api/v1/content/{page}/")[0]


def stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
