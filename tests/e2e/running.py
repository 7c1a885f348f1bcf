"""The product as a newcomer starts it, for tests that click through it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import put_migrated_database

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    url: str
    user: str
    password: str


@contextmanager
def running(data: Path) -> Iterator[Site]:
    """``dev.py start --no-demo`` on a free port until the block ends; ask for ``django_db_setup`` before."""
    put_migrated_database(data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "dev.py", "start", "--port", port, "--data", str(data), "--no-demo"]
    env = {name: value for name, value in os.environ.items() if name not in ("FORMIDLE_DATA", "DJANGO_SETTINGS_MODULE")}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = dict[str, str]()
        for line in process.stdout:
            name, _, value = line.strip().partition(": ")
            lines[name] = value
            if name == "Ready":
                break
        assert "Ready" in lines, "it did not start"
        _, user, password = lines["Admin"].split()
        yield Site(lines["Site"].rstrip("/"), user, password)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
