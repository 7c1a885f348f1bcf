"""Packages through pip, into a folder that only a test's own processes see."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.plugins.packages import ROOT


def pip_install(source: Path, folder: Path, work: Path) -> None:
    """From a copy in ``work``: pip leaves its own files beside the source."""
    shutil.copytree(source, work)
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(work)], check=True)


def run_pytest(folder: Path, *arguments: object, cwd: Path = ROOT, **environment: str) -> str:
    """The output of tests that see the folder's packages; fails when they fail."""
    paths = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    # on a database of its own
    variables = {**os.environ, "DATABASE_URL": "", "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, arguments)]
    result = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
