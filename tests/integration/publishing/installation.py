"""An installation of real processes on a database of its own: editors, workers, a web server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


class Editor:
    """A process that edits as a web process would; does one command after the other."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log

    def tell(self, command: str, **arguments: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": command, **arguments}).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        answer = self.process.stdout.readline()
        assert answer, self.log.read_text()[-4000:]
        return json.loads(answer)


class Installation:
    """A data folder with an editor's process and as many others as one starts."""

    def __init__(self, data: Path, database_url: str) -> None:
        self.data = data
        self.env = {
            **os.environ,
            "DATABASE_URL": database_url,
            "FORMIDLE_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            "PYTHONPATH": str(ROOT),
            "FORMIDLE_LOG": "WARNING",
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.log = open(data / "log", "w")  # noqa: SIM115 (closed in ``end``)
        self.first = self.editor()

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        """A Python process with the installation's environment, and ``env`` besides."""
        env = {**self.env, **options.pop("env", {})}
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=env, stderr=self.log, **options)
        self.processes.append(process)
        return process

    def editor(self) -> Editor:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return Editor(self.start("-m", "tests.integration.publishing.editor", **pipes), self.data / "log")

    def do(self, command: str, **arguments: Any) -> Any:
        self.first.tell(command, **arguments)
        return self.first.hear()

    def worker(self, failpoint: str = "") -> subprocess.Popen[bytes]:
        return self.start("manage.py", "worker", env={"FORMIDLE_FAILPOINT": failpoint})

    def web(self, **env: str) -> str:
        """The URL of a web server."""
        port = str(free_port())
        self.start("-m", "cms.setup.serve", "127.0.0.1", port, env=env)
        return f"http://127.0.0.1:{port}"

    def assert_whole(self) -> None:
        code, status = self.do("documents", arguments=["status", "--wait", "120"])
        assert code == 0, status
        code, report = self.do("documents", arguments=["check"])
        assert code == 0, report
        assert self.do("log_is_whole")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        self.log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)
