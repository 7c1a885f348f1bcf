"""The site of the API's tests, for tests that only read; those that publish begin with a home page."""

from __future__ import annotations

from tests.integration.api.conftest import _published, api, published
from tests.integration.publishing.conftest import _no_consumers, _nothing_cached, home, media

__all__ = ["_no_consumers", "_nothing_cached", "_published", "api", "home", "media", "published"]
