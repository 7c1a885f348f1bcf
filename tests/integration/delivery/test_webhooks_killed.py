"""The worker killed at every step of a delivery: each message arrives, those of one document in order."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from cms.delivery.webhooks.network import TOTAL_SECONDS
from tests.integration.publishing.installation import ROOT, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # the latter has the database made that is copied


def add_webhook(installation, url):
    command = [sys.executable, "manage.py", "webhooks", "add", url]
    subprocess.run(command, cwd=ROOT, env=installation.env, check=True, capture_output=True)


def everything_arrived(installation, receiver, since):
    logged = [tuple(row) for row in installation.do("log") if row[0] > since]
    told: dict[int, int | None] = {}
    for request in receiver.accepted:
        told.setdefault(int(request.id.rpartition("_")[2]), request.document)
    if not {position for position, _ in logged} <= set(told):
        return False
    for document in {document for _, document in logged if document}:
        positions = [int(each.id.rpartition("_")[2]) for each in receiver.accepted if each.document == document]
        first = list(dict.fromkeys(positions))
        assert first == sorted(first), "out of order"
    return True


def test_worker_killed_while_it_delivers_loses_nothing(installation, receiver):
    installation.env["FORMIDLE_WEBHOOK_ALLOW_PRIVATE"] = "1"
    calm = installation.worker()
    installation.assert_whole()
    add_webhook(installation, receiver.url)
    since = max(position for position, _ in installation.do("log"))
    calm.kill()
    receiver.answer = lambda request: 500 if len(receiver.requests) % 4 == 0 else 200
    for number, point in enumerate(["sent:1", "sent:5", "moved:2"]):
        installation.do("edit", name=f"Runde {number}")
        worker = installation.worker(failpoint=point)
        end = time.monotonic() + 20
        while worker.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        worker.kill()
        worker.wait()
    installation.worker()
    wait_until(lambda: everything_arrived(installation, receiver, since), 60)


def test_receiver_that_hangs_delays_neither_publishing_nor_another_webhook(installation, receiver):
    asked: dict[str, list[float]] = {"/hangs": [], "/hook": []}
    ended = threading.Event()

    def answer(request):
        asked[request.path].append(time.monotonic())
        if request.path == "/hangs":
            ended.wait(120)
        return 200

    installation.env["FORMIDLE_WEBHOOK_ALLOW_PRIVATE"] = "1"
    receiver.answer = answer
    worker = installation.worker()
    installation.assert_whole()
    add_webhook(installation, receiver.url.replace("/hook", "/hangs"))
    add_webhook(installation, receiver.url)
    since = max(position for position, _ in installation.do("log"))
    installation.do("edit", name="Rask")
    installation.assert_whole()
    wait_until(lambda: asked["/hangs"] and len(asked["/hook"]) >= 5)
    assert asked["/hook"][4] < asked["/hangs"][0] + TOTAL_SECONDS, "before the first attempt is given up"
    assert since < max(position for position, _ in installation.do("log"))
    worker.terminate()
    assert worker.wait(60) == 0
    ended.set()
