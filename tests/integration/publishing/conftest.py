from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from cms.publishing import consumers
from tests.integration.publishing import site


@pytest.fixture(scope="session", autouse=True)
def media() -> Iterator[None]:
    folder = site.media_folder()
    with override_settings(MEDIA_ROOT=folder):  # tells the storage, which remembers where it was
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    """Wagtail remembers renditions by ids, which every test gives out anew."""
    cache.clear()


@pytest.fixture(autouse=True)
def _no_consumers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search index has its own tests; those of consumers register their own."""
    monkeypatch.setattr(consumers, "registered", {})


@pytest.fixture
def home(db: None, _no_consumers: None) -> Any:
    """A published home page."""
    page = site.make_home()
    site.work()
    return page


@pytest.fixture
def consistent(home: Any) -> Iterator[None]:
    """At the end everything is as a full rebuild would make it."""
    yield
    site.work()
    site.assert_consistent()
