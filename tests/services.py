"""What the full tests need beside Python: `python -m tests.services` installs it where that is possible.

A missing service skips its tests on a developer's machine and fails in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
"""Debian keeps the server's programs out of PATH, a folder per version."""


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def find_postgres() -> Path | None:
    """The folder with initdb and postgres, of the newest version."""
    versions = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    path = shutil.which("postgres")
    return Path(path).resolve().parent if path else None


def find_redis() -> str | None:
    return shutil.which("redis-server")


def is_ci() -> bool:
    return bool(os.environ.get("CI"))


def services() -> dict[str, str | Path | None]:
    """Debian's package → where it is."""
    return {"chromium": find_chromium(), "postgresql": find_postgres(), "redis-server": find_redis()}


def install() -> None:
    """From Debian's packages; a browser build that playwright downloads by itself is no option everywhere."""
    missing = [name for name, found in services().items() if not found]
    if not missing or not shutil.which("apt-get") or os.geteuid():
        return
    # the tests start a server of their own; the package need not
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, check=False)
    for name in missing:
        subprocess.run(["apt-get", "install", "-y", "-qq", name], env=env, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    install()
    found = services()
    for name, path in found.items():
        print(f"{name}: {path or f'missing, its tests are skipped (install the package {name})'}")
    return 1 if not all(found.values()) and is_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
