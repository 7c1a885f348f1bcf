from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import put_migrated_database

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """The demo site, with everything published: its address and its environment."""

    url: str
    env: dict[str, str]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="package")
def demo_site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What ``dev.py start`` becomes, on the embedded default, for all tests of this folder."""
    data = tmp_path_factory.mktemp("demo")
    put_migrated_database(data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env |= {"FORMIDLE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "cms.settings"}
    command = [sys.executable, "-m", "cms.setup.start", str(port), "--demo", "demo/content.json"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert any(line.startswith("Ready") for line in process.stdout), "it did not start"
        yield Site(f"http://localhost:{port}", env)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
