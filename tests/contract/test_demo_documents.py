"""Everything that the demo site publishes is as the description of the API says."""

from __future__ import annotations

import pytest

from tests.contract.conftest import Site

pytestmark = pytest.mark.slow


def test_demo_documents_are_valid(demo_site: Site) -> None:
    done = demo_site.manage("documents", "validate")
    assert (done.returncode, done.stdout) == (0, "every document is as the description of the API says\n"), done
