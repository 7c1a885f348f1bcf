"""A private, throw-away PostgreSQL: `python -m tests.postgres COMMAND…` runs a command with DATABASE_URL set to one.

It listens on a socket in its own folder only, and ends with the process that started it, however that ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.services import find_postgres, is_ci

ROOT = Path(__file__).resolve().parents[1]
USER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this user."""
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",  # a crash of the machine ends the tests as well; one of PostgreSQL loses nothing
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "log_min_messages": "warning",
}


class Cluster:
    """``folder`` holds everything; ``url(name)`` is a DATABASE_URL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        if not os.geteuid():
            shutil.chown(self.folder, USER)
        # A linguistic default collation, as many servers have: what must not depend on it is found out.
        locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=nb-NO"]
        options = ["--encoding=UTF8", "--auth=trust", "--no-sync", f"--username={USER}", *locale]
        subprocess.run(
            [*_as_user(), self._program("initdb"), "-D", self.data, *options],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        settings = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                [*_as_user(), self._program("postgres"), "-D", self.data, "-k", self.folder, *settings],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait_until_it_answers()

    def stop(self, signum: int = signal.SIGINT) -> None:
        """SIGINT: connections are cut, what is committed is written; SIGQUIT: as if it had crashed."""
        if self._process is None:
            return
        self._process.send_signal(signum)
        self._process.wait(60)
        self._process = None

    def create_database(self, name: str, template: str = "template0") -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[call-overload]
        return self.url(name)

    def url(self, database: str, user: str = USER) -> str:
        return f"postgres://{user}@{quote(str(self.folder), safe='')}/{database}"

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError as error:
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from error
                time.sleep(0.05)
            else:
                return

    @staticmethod
    def _program(name: str) -> Path:
        folder = find_postgres()
        assert folder is not None, "ask find_postgres() first"
        return folder / name


def _as_user() -> list[str]:
    """What runs a program as another user than root, and ends it (fast shutdown) when its parent dies."""
    setpriv = shutil.which("setpriv")  # Linux has it; elsewhere nobody is root here, and nothing follows its parent
    if setpriv is None:
        return []
    user = [] if os.geteuid() else [f"--reuid={USER}", f"--regid={USER}", "--init-groups"]
    return [setpriv, *user, "--pdeathsig=INT"]


@contextmanager
def cluster() -> Iterator[Cluster]:
    # short: the path of a socket may have 107 bytes
    with tempfile.TemporaryDirectory(prefix="formidle-pg-", dir="/tmp") as folder:
        made = Cluster(Path(folder))
        made.create()
        made.start()
        try:
            yield made
        finally:
            made.stop()


def main(command: list[str]) -> int:
    if find_postgres() is None:
        print("SKIPPED: PostgreSQL is missing (Debian: apt-get install postgresql)")
        return 1 if is_ci() else 0
    with cluster() as made:
        env = {**os.environ, "DATABASE_URL": made.create_database("formidle")}
        return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
