"""The site of the API's tests, for tests that only read; those that publish begin with a home page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.api.conftest import _published, api, published
from tests.integration.delivery.receiver import Receiver
from tests.integration.publishing.conftest import _no_consumers, _nothing_cached, home, media

__all__ = ["_no_consumers", "_nothing_cached", "_published", "api", "home", "media", "published", "receiver"]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """On this machine, where webhooks may go in this test."""
    settings.WEBHOOK_ALLOW_PRIVATE = ["127.0.0.0/8", "::1/128"]
    with Receiver() as running:
        yield running
