"""What the full tests need beside Python: `python -m tests.services` installs it where that is possible.

A missing service skips its tests on a developer's machine and fails in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def is_ci() -> bool:
    return bool(os.environ.get("CI"))


def install_chromium() -> None:
    """From Debian's packages; a browser build that playwright downloads by itself is no option everywhere."""
    if find_chromium() or not shutil.which("apt-get") or os.geteuid():
        return
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    install_chromium()
    path = find_chromium()
    print(f"chromium: {path or 'missing, its tests are skipped (install the package chromium)'}")
    return 1 if path is None and is_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
