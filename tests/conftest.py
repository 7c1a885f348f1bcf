"""Fixtures that every kind of test uses. Nothing here needs a database unless it is asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from django.core.signals import setting_changed

from cms.api import parameters
from tests import elasticsearch as servers
from tests.databases import copied_database
from tests.integration.publishing.installation import Installation
from tests.services import find_chromium, find_elasticsearch, is_ci
from tests.vectors import vectors

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""A browser that runs as root and asks nobody outside for anything."""


def pytest_configure() -> None:
    """Looking for garbage after every few hundred objects would take a tenth of the time of the tests."""
    gc.set_threshold(50_000)
    setting_changed.connect(_forget_query_strings)


def _forget_query_strings(**_: Any) -> None:
    """What they mean depends on settings, which only tests change while a process runs."""
    parameters._read_before.cache_clear()


def pytest_collection_finish() -> None:
    gc.freeze()  # what is loaded stays for all tests


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.scheduling import Scheduling  # without xdist nobody asks

    config.option.loadscopereorder = False
    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the browser or the server needs a service; nobody has to remember the mark."""
    for item in items:
        if not {"chromium", "elasticsearch"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.services)
    # Files with slow tests first: when one of several processes has nothing left to do, the others have little.
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless browser; pages and contexts are made and closed by the test.

    Of one module: while it is there, Django takes the process for an asynchronous one that may not ask a database.
    """
    path = find_chromium()
    if path is None:
        _missing("Chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """Host and port of the server that all tests of a run share; each makes an index of its own."""
    require_elasticsearch()
    folder = tmp_path_factory.getbasetemp()
    with servers.shared(folder if worker_id == "master" else folder.parent) as address:
        yield address


@pytest.fixture
def e5() -> Iterator[None]:
    """Vectors by the model of the extra; an engine that keeps them is made after this."""
    with vectors():
        yield


@pytest.fixture(scope="session")
def prepared_database(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """DATABASE_URL of a site with a few pages, of which nothing is published yet; to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    with copied_database(folder) as url:
        made = Installation(folder, url)
        try:
            made.do("prepare")
        finally:
            made.end()
        yield url


@pytest.fixture
def installation(prepared_database: str, tmp_path: Path) -> Iterator[Installation]:
    """Real processes on a database of their own; ask for ``django_db`` too, so that there is one to copy."""
    with copied_database(tmp_path, prepared_database) as url:
        made = Installation(tmp_path, url)
        try:
            yield made
        finally:
            made.end()


def require_elasticsearch() -> None:
    if find_elasticsearch() is None:
        _missing("Elasticsearch is not installed (python -m tests.services)")


def _missing(problem: str) -> NoReturn:
    """A missing service skips its tests where people work, and fails where everything has to run."""
    if is_ci():
        pytest.fail(problem)
    pytest.skip(problem)
