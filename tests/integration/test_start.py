"""The whole product started as a newcomer starts it: `python -m cms.setup.start` is what dev.py start becomes."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import empty_database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Started:
    process: subprocess.Popen[str]
    lines: list[str]
    """Everything on stdout up to and with Ready."""
    told: Path
    """What it said meanwhile, on stderr."""

    @property
    def values(self) -> dict[str, str]:
        return dict(line.split(": ", 1) for line in self.lines if ": " in line)

    def descendants(self) -> set[int]:
        rows = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split(
            "\n"
        )
        parents = {int(pid): int(parent) for pid, parent in (row.split() for row in rows if row)}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return {pid for pid in found if "cms.setup.serve" in command(pid) or "worker" in command(pid)}


def command(pid: int) -> str:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_text().replace("\0", " ") if path.exists() else ""


def running(pids: set[int]) -> set[int]:
    """Zombies have no command line any more."""
    return {pid for pid in pids if command(pid)}


def eventually(check: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    with empty_database() as url:
        yield url


@pytest.fixture
def start(data: Path, database_url: str, tmp_path: Path) -> Iterator[Callable[..., Started]]:
    processes: list[subprocess.Popen[str]] = []

    def run(role: str = "admin") -> Started:
        settings = {"FORMIDLE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "cms.settings", "DATABASE_URL": database_url}
        env = {**os.environ, **settings, "FORMIDLE_ROLE": role}
        arguments = [sys.executable, "-m", "cms.setup.start", str(free_port())]
        told = tmp_path / f"told-{len(processes)}"
        with told.open("w") as stderr:
            process = subprocess.Popen(arguments, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=stderr, text=True)
        processes.append(process)
        lines: list[str] = []
        assert process.stdout
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if lines[-1] == "Ready":
                break
        return Started(process, lines, told)

    yield run
    for process in processes:
        process.terminate()
        process.wait(20)
        if process.stdout:
            process.stdout.close()


def test_an_empty_folder_becomes_a_site_with_a_home_page(start, data):
    started = start()
    assert [line.split(":")[0] for line in started.lines] == ["Site", "Admin", "API", "Docs", "Search", "Ready"]
    assert "Migrating" in started.told.read_text()
    assert started.values["Search"] == '"konferanse" → 0 hits'
    _, user, password = started.values["Admin"].split()
    secret = data / "admin-password"
    assert (user, password) == ("admin", secret.read_text().strip())
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    with urllib.request.urlopen(started.values["Site"]) as response:
        assert response.status == 200


def test_a_second_start_keeps_the_password_and_migrates_nothing(start, data):
    password = (data / "admin-password").read_text()
    started = start()
    assert password.strip() in started.values["Admin"]
    assert "Migrating" not in started.told.read_text()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_end_of_the_start_is_the_end_of_every_child(start, signum):
    started = start()
    children = started.descendants()
    assert len(children) == 4  # granian, its worker, ours, the schedule beside it
    started.process.send_signal(signum)
    code = started.process.wait(20)
    eventually(lambda: not running(children))
    assert code == (-signal.SIGKILL if signum == signal.SIGKILL else 0)


def test_a_killed_child_comes_back(start):
    started = start()
    children = started.descendants()
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(started.descendants()) == 3)
    assert not started.descendants() & children


def test_a_folder_in_use_is_said(start, data):
    start()
    again = start()
    assert again.lines == []
    assert again.process.wait(20) == 1


def test_public_processes_stand_beside_whoever_edits(start):
    start()
    others = [start("public"), start("public")]
    for each in others:
        with urllib.request.urlopen(f"{each.values['API']}content/") as response:
            assert response.status == 200
