"""Several editors, workers and web servers at once, on a database that may go away."""

from __future__ import annotations

import json
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.publishing.installation import Installation, wait_until
from tests.postgres import cluster
from tests.services import find_postgres, is_ci

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EDITORS = 4
PAGES = 6


def test_reader_of_the_log_misses_nothing_while_editors_write_and_a_worker_dies(installation):
    """Positions are in the order of commits: whoever reads on from the last one has seen all before it."""
    workers = {each.pid: each for each in (installation.worker(), installation.worker())}
    wait_until(lambda: installation.do("holder") in workers)
    installation.assert_whole()
    over = installation.data / "over"
    reader = installation.editor()
    reader.tell("follow", until=str(over))
    editors = [installation.editor() for _ in range(EDITORS)]
    for number, editor in enumerate(editors):
        editor.tell("write", name=f"Redaktør {number}", count=PAGES)
    time.sleep(2)
    workers.pop(installation.do("holder")).kill()
    assert [editor.hear() for editor in editors] == [[]] * EDITORS
    wait_until(lambda: installation.do("holder") in workers)
    installation.assert_whole()
    over.touch()
    seen = reader.hear()
    log = installation.do("log")
    assert seen == [position for position, _ in log]
    assert len({document for _, document in log if document}) > EDITORS * PAGES


class Load:
    """Asks one address again and again; counts the answers, and keeps what none of them should be."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: Counter[int] = Counter()
        self.wrong: list[str] = []
        self._over = threading.Event()
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def ok(self) -> bool:
        return self._ask()[0] == 200

    def _run(self) -> None:
        while not self._over.wait(0.02):
            status, headers = self._ask()
            self.answers[status] += 1
            if status != 200 and not (status == 503 and headers.get("Retry-After")):
                self.wrong.append(f"{status} {dict(headers)}")

    def _ask(self) -> tuple[int, Any]:
        try:
            with self._opener.open(self.url, timeout=20) as response:
                response.read()
                return response.status, response.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers


@pytest.fixture
def own_cluster() -> Iterator[Any]:
    """PostgreSQL that a test may stop."""
    if find_postgres() is None:
        problem = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if is_ci():
            pytest.fail(problem)
        pytest.skip(problem)
    with cluster() as made:
        yield made


def titles_below_archive(url: str) -> set[str]:
    with urllib.request.urlopen(f"{url}/api/v1/news/?limit=100&under=/arkiv/") as response:
        return {row["title"] for row in json.load(response)["results"]}


@pytest.mark.services
def test_database_that_crashes_under_load_comes_back_by_itself(own_cluster, tmp_path):
    """Visitors and editors are told to try again meanwhile; web server and worker stay and go on; nothing is lost."""
    made = Installation(tmp_path, own_cluster.create_database("formidle"))
    loads: list[Load] = []
    try:
        assert made.start("manage.py", "migrate", "-v", "0").wait() == 0
        made.do("prepare")
        worker, url = made.worker(), made.web()
        made.assert_whole()
        loads = [
            Load(url + path)
            for path in ("/api/v1/content/", "/api/v1/resolve/?path=/leser/", "/leser/", "/admin/login/")
        ]
        editor = made.editor()
        editor.tell("keep_writing", name="Under last", count=30)
        wait_until(lambda: titles_below_archive(url), seconds=120)
        for _ in range(2):
            time.sleep(2)
            own_cluster.stop(signal.SIGQUIT)
            time.sleep(1.5)
            own_cluster.start()
            wait_until(lambda: all(load.ok() for load in loads))
        assert editor.hear() > 30, "some had to be tried again"
        for load in loads:
            load.end()
            assert not load.wrong
        assert all(load.answers[200] and load.answers[503] for load in loads[:3])
        assert worker.poll() is None
        made.first = made.editor()
        made.assert_whole()
        assert titles_below_archive(url) >= {f"Under last {number}" for number in range(30)}
    finally:
        for load in loads:
            load.end()
        made.end()
