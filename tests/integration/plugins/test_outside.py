"""Plugins from outside, installed as packages, in a process of their own: the rest of the tests never sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.plugins.installing import pip_install, run_pytest
from tests.plugins import brittle
from tests.plugins.packages import ROOT

PLUGINS = ROOT / "tests" / "plugins"


@pytest.mark.slow
def test_the_plugins_own_tests_and_ours_of_it_pass(tmp_path: Path) -> None:
    folder = tmp_path / "installed"
    pip_install(PLUGINS / "formidle_library", folder, tmp_path / "source")
    brittle.install(folder)
    output = run_pytest(folder, PLUGINS / "formidle_library" / "tests", PLUGINS / "outside")
    assert "passed" in output
