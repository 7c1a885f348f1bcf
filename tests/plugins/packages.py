"""Tiny packages in a folder, as an installer leaves them: modules, and a dist-info that names the entry points."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
OWN = ("CMS_", "FORMIDLE_", "DJANGO_", "DATABASE_URL")
"""Variables that tell of the installation that the tests run in."""


def put(
    folder: Path,
    plugin: str,
    files: Mapping[str, str],
    entry: str = "",
    distribution: str = "",
    group: str = "cms.plugins",
) -> None:
    """Installs one plugin: ``files`` are modules of its package, which is named after it, with underscores."""
    package = plugin.replace("-", "_")
    distribution = distribution or plugin
    for name, text in {
        f"{package}/__init__.py": "",
        **{f"{package}/{name}": text for name, text in files.items()},
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    info = folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{entry or f'{plugin} = {package}.plugin:plugin'}\n")


def forget(package: str) -> None:
    """Unloads a package that a test has put and imported."""
    for name in [each for each in sys.modules if each.partition(".")[0] == package]:
        del sys.modules[name]


def manage(folder: Path, *arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command of a site in which the folder's packages are installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(folder), "FORMIDLE_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
