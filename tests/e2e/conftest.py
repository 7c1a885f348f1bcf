from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A tab of a Norwegian reader, forgotten after the test."""
    context = chromium.new_context(locale="nb-NO", viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(60_000)  # a loaded machine is slow, not wrong
    yield context.new_page()
    context.close()
