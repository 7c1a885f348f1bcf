"""Plugins from outside, installed as packages, in a process of their own: the rest of the tests never sees them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins import brittle
from tests.plugins.packages import ROOT

PLUGINS = ROOT / "tests" / "plugins"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both plugins; formidle-library through pip, as its users install it."""
    source = tmp_path_factory.mktemp("source") / "formidle_library"
    shutil.copytree(PLUGINS / "formidle_library", source)  # pip leaves its work beside the source
    folder = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(source)], check=True)
    brittle.install(folder)
    return folder


def run_pytest(folder: Path, *arguments: object) -> None:
    paths = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, arguments)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_plugins_own_tests_and_ours_of_it_pass(installed: Path) -> None:
    run_pytest(installed, PLUGINS / "formidle_library" / "tests", PLUGINS / "outside")
