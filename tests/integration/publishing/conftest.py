from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from cms.publishing import consumers
from tests.integration.publishing import site


@pytest.fixture(scope="session", autouse=True)
def media() -> Iterator[None]:
    from django.conf import settings

    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, site.media_folder()
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    settings.MEDIA_ROOT = before


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
