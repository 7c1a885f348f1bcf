from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_reference_index() -> Iterator[None]:
    """Wagtail's own table of what uses what, for its admin: a fifth of every publication. Real processes keep it."""
    from wagtail.signal_handlers import disable_reference_index_auto_update

    with disable_reference_index_auto_update():
        yield
