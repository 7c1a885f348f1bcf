"""Fixtures that every kind of test uses. Nothing here needs a database unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests import elasticsearch as servers
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the browser or the server needs a service; nobody has to remember the mark."""
    for item in items:
        if not {"chromium", "elasticsearch"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.services)


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


def require_elasticsearch() -> None:
    if find_elasticsearch() is None:
        _missing("Elasticsearch is not installed (python -m tests.services)")


def _missing(problem: str) -> NoReturn:
    """A missing service skips its tests where people work, and fails where everything has to run."""
    if is_ci():
        pytest.fail(problem)
    pytest.skip(problem)
