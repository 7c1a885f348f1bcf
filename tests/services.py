"""What the full tests need beside Python: `python -m tests.services` installs it where that is possible.

A missing service skips its tests on a developer's machine and fails in CI.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
"""Debian keeps the server's programs out of PATH, a folder per version."""

ELASTICSEARCH_VERSION = os.environ.get("FORMIDLE_TEST_ELASTICSEARCH") or "8.19.21"
"""9 needs Java 21 or newer, by ES_JAVA_HOME where it is not the one in PATH."""
ELASTICSEARCH = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"
"""The real server, with security and without the modules that nobody needs to test a client. Maven Central has it."""


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


def find_elasticsearch() -> Path | None:
    """The folder with bin/elasticsearch; None as well where there is no Java to run it."""
    folder = _cache() / f"elasticsearch-{ELASTICSEARCH_VERSION}"
    return folder if find_java() and (folder / "bin/elasticsearch").exists() else None


def find_java() -> Path | None:
    """The home folder of a Java runtime; the server needs 17 or newer, and says so."""
    if home := os.environ.get("ES_JAVA_HOME") or os.environ.get("JAVA_HOME"):
        return Path(home)
    path = shutil.which("java")
    return Path(path).resolve().parents[1] if path else None


def is_ci() -> bool:
    return bool(os.environ.get("CI"))


def packages() -> dict[str, str | Path | None]:
    """Debian's package → where it is."""
    return {"chromium": find_chromium(), "postgresql": find_postgres(), "redis-server": find_redis()}


def install() -> None:
    """What is missing, as far as this machine and its user allow it."""
    missing = [name for name, found in packages().items() if not found]
    if find_elasticsearch() is None and not (shutil.which("mvn") and find_java()):
        missing.append("maven")  # it brings a Java runtime
    _install_packages(missing)
    if find_elasticsearch() is None and shutil.which("mvn") and find_java():
        _install_elasticsearch()


def _install_packages(names: list[str]) -> None:
    """From Debian's packages; a browser build that playwright downloads by itself is no option everywhere."""
    if not names or not shutil.which("apt-get") or os.geteuid():
        return
    # the tests start a server of their own; the package need not
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, check=False)
    for name in names:
        subprocess.run(["apt-get", "install", "-y", "-qq", name], env=env, check=False, stdout=subprocess.DEVNULL)


def _install_elasticsearch() -> None:
    folder = _cache()
    folder.mkdir(parents=True, exist_ok=True)
    artifact = f"{ELASTICSEARCH}:{ELASTICSEARCH_VERSION}:zip"
    with tempfile.TemporaryDirectory(dir=folder) as draft:
        plugin = "org.apache.maven.plugins:maven-dependency-plugin"
        for goal in (
            [f"{plugin}:get", "-Dtransitive=false"],
            [f"{plugin}:copy", f"-DoutputDirectory={draft}", "-Dmdep.stripVersion=true"],
        ):
            # From another folder: a pom.xml here or above would be taken for the project.
            command = ["mvn", "-q", "-B", "-Dstyle.color=never", *goal, f"-Dartifact={artifact}"]
            if subprocess.run(command, cwd=draft, check=False).returncode:
                return
        _unpack(Path(draft) / "elasticsearch.zip", Path(draft))
        # In one step: whoever looks meanwhile finds nothing or all of it.
        name = f"elasticsearch-{ELASTICSEARCH_VERSION}"
        with contextlib.suppress(OSError):  # somebody else was first
            (Path(draft) / name).rename(folder / name)


def _unpack(file: Path, folder: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, folder))
            # Python's zipfile forgets who may run and read what. The server runs as another user than root.
            path.chmod(0o755 if entry.is_dir() or entry.external_attr >> 16 & 0o100 else 0o644)


def _cache() -> Path:
    """Outside of the checkout, for all of them; readable for the user that root runs servers as."""
    if not os.geteuid():
        return Path("/var/cache/formidle")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "formidle"


def main() -> int:
    install()
    found = {name: (path, f"install the package {name}") for name, path in packages().items()}
    found["elasticsearch"] = find_elasticsearch(), "install Maven and Java 17, then run python -m tests.services"
    for name, (path, cure) in found.items():
        print(f"{name}: {path or f'missing, its tests are skipped ({cure})'}")
    return 1 if not all(path for path, _ in found.values()) and is_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
