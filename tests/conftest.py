"""Fixtures that every kind of test uses. Nothing here needs a database unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.services import find_chromium, is_ci

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
    """Whoever uses the browser needs a service; nobody has to remember the mark."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless browser; pages and contexts are made and closed by the test.

    Of one module: while it is there, Django takes the process for an asynchronous one that may not ask a database.
    """
    path = find_chromium()
    if path is None:
        problem = "Chromium is not installed (Debian: apt-get install chromium)"
        if is_ci():
            pytest.fail(problem)
        pytest.skip(problem)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()
