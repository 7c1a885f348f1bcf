"""A private, throw-away Elasticsearch: `python -m tests.elasticsearch [--nodes 3] COMMAND…` runs a command with
SEARCH_URL set to one, as quick as a server for visitors.

It listens on loopback only, keeps everything in a folder of its own, and ends with the process that started it, however
that ends. A start takes 15 to 60 seconds, so the tests of a run share one (`shared`).
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import httpx

from tests.services import find_elasticsearch, find_java, is_ci

ROOT = Path(__file__).resolve().parents[1]
USER = "nobody"
"""Elasticsearch refuses to run as root."""
GROUP = "nogroup"
ADMIN = "elastic"
START_SECONDS = 240
OPTIONS = {
    "cluster.name": "formidle-tests",
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "indices.recovery.max_bytes_per_sec": "200mb",
    "cluster.routing.allocation.node_concurrent_recoveries": "20",
}
TLS_FILES = {"certificate": "crt", "key": "key"}
QUICK_START = "-XX:TieredStopAtLevel=1"
SMALL = f"-Xms384m -Xmx384m {QUICK_START}"
"""A server that lives for minutes gains nothing from what takes longer to compile."""
FOR_FIGURES = "-Xms1g -Xmx1g"


class Node:
    """One server: its launcher and its Java process."""

    def __init__(self, folder: Path, name: str, options: dict[str, str], java: str) -> None:
        self.folder = folder
        self._java = java
        self.port, self.transport = free_port(), free_port()
        self._options = {
            **OPTIONS,
            **options,
            "node.name": name,
            "http.port": str(self.port),
            "transport.port": str(self.transport),
            "path.data": str(folder / "data"),
            "path.logs": str(folder / "logs"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def certificate(self) -> Path:
        """It has signed itself, so it is its own CA."""
        return self.folder / "config" / "http.crt"

    def create(self, password: str, *, tls: bool) -> None:
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir(parents=True)
        shutil.copytree(_program("config"), self.folder / "config")
        if tls:
            _make_certificate(self.certificate)
        if not os.geteuid():
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, USER, GROUP)
        if password:
            self._run("elasticsearch-keystore", "create")
            self._run("elasticsearch-keystore", "add", "-x", "bootstrap.password", given=password)

    def start(self) -> None:
        options = [word for name, value in self._options.items() for word in ("-E", f"{name}={value}")]
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                [*_as_user(), _program("bin/elasticsearch"), *options],
                cwd=self.folder,
                env=self._env(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, signum: int = signal.SIGTERM) -> None:
        """SIGKILL ends launcher and server at once, as if the machine were gone."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signum)
        self._process.wait(120)
        self._process = None

    def log(self) -> str:
        return (self.folder / "log").read_text()[-3000:]

    @property
    def ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _run(self, program: str, *arguments: str, given: str = "") -> None:
        subprocess.run(
            [*_as_user(), _program(f"bin/{program}"), *arguments],
            cwd=self.folder,
            env=self._env(),
            input=given.encode(),
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _env(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": str(find_java()),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": self._java,
            "CLI_JAVA_OPTS": QUICK_START,
        }


class Cluster:
    """``password``: of the user ``elastic``; without one everybody may do everything. ``tls``: it answers to HTTPS."""

    def __init__(
        self, folder: Path, nodes: int = 1, password: str = "", *, tls: bool = False, java: str = SMALL
    ) -> None:
        self.password = password
        self.tls = tls
        names = [f"node{number}" for number in range(nodes)]
        options = {
            "xpack.security.enabled": "true" if password else "false",
            "xpack.security.http.ssl.enabled": "true" if tls else "false",
        }
        if tls:
            options |= {f"xpack.security.http.ssl.{what}": f"http.{end}" for what, end in TLS_FILES.items()}
        if nodes == 1:
            options["discovery.type"] = "single-node"
        self.nodes = [Node(folder / name, name, options, java) for name in names]
        if nodes > 1:
            options["discovery.seed_hosts"] = ",".join(f"127.0.0.1:{each.transport}" for each in self.nodes)
            options["cluster.initial_master_nodes"] = ",".join(names)
            for each in self.nodes:
                each._options.update(options)

    def start(self) -> None:
        for node in self.nodes:
            node.create(self.password, tls=self.tls)
            node.start()
        self.wait(len(self.nodes))

    def stop(self) -> None:
        for node in self.nodes:
            node.stop(signal.SIGKILL)

    def url(self, prefix: str = "formidle", **parameters: str) -> str:
        """A SEARCH_URL with all nodes."""
        user = f"{ADMIN}:{quote(self.password, safe='')}@" if self.password else ""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        if self.tls:
            parameters["ca"] = str(self.nodes[0].certificate)
        return f"{self._scheme}://{user}{hosts}/{prefix}" + (f"?{urlencode(parameters)}" if parameters else "")

    @property
    def _scheme(self) -> str:
        return "https" if self.tls else "http"

    def wait(self, nodes: int, status: str = "green") -> None:
        """Until so many nodes know each other and their shards are there."""
        deadline = time.monotonic() + START_SECONDS
        while not self._is_there(nodes, status):
            for node in self.nodes:
                if node.ended or time.monotonic() > deadline:
                    raise RuntimeError(node.log())
            time.sleep(0.2)

    def _is_there(self, nodes: int, status: str) -> bool:
        asked = {"wait_for_nodes": str(nodes), "wait_for_status": status, "timeout": "5s"}
        try:
            answer = httpx.get(
                f"{self._scheme}://127.0.0.1:{self.nodes[-1].port}/_cluster/health",
                params=asked,
                verify=ssl.create_default_context(cafile=self.nodes[-1].certificate) if self.tls else True,
                auth=(ADMIN, self.password) if self.password else None,
                timeout=10,
            )
        except httpx.HTTPError:
            return False
        # 401: the password of the keystore is set by the first master, a moment after it answers
        return answer.status_code == 200 and not answer.json()["timed_out"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def cluster(nodes: int = 1, password: str = "", *, tls: bool = False, java: str = SMALL) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="formidle-es-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        made = Cluster(Path(folder), nodes, password, tls=tls, java=java)
        try:
            made.start()
            yield made
        finally:
            made.stop()


@contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The host and port of one server for all test processes that pass this folder; the first one starts it.

    Whoever started it waits for the others at its end: each holds a lock for as long as it asks.
    """
    told = folder / "elasticsearch.json"
    with ExitStack() as stack:
        starting, users = (
            stack.enter_context(open(folder / f"elasticsearch.{name}", "a")) for name in ("lock", "users")
        )
        fcntl.flock(starting, fcntl.LOCK_EX)
        try:
            is_mine = not told.exists()
            if is_mine:
                node = stack.enter_context(cluster()).nodes[0]
                told.write_text(json.dumps(f"127.0.0.1:{node.port}"))
            fcntl.flock(users, fcntl.LOCK_SH)
        finally:
            fcntl.flock(starting, fcntl.LOCK_UN)
        yield json.loads(told.read_text())
        if is_mine:
            _wait_for_others(starting, users)
            told.unlink()  # under both locks: who comes later starts one of its own


def _wait_for_others(starting: IO[str], users: IO[str]) -> None:
    while True:
        fcntl.flock(starting, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(starting, fcntl.LOCK_UN)
            time.sleep(0.2)
        else:
            return


def _make_certificate(file: Path) -> None:
    """With its key beside it, for this machine only."""
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-noenc", "-keyout", str(file.with_suffix(".key")), "-out", str(file)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-days", "2", *name, *files]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def _program(name: str) -> Path:
    folder = find_elasticsearch()
    assert folder is not None, "ask find_elasticsearch() first"
    return folder / name


def _as_user() -> list[str]:
    """What runs a program as another user than root, and kills it when its parent dies; its server then ends itself."""
    setpriv = shutil.which("setpriv")  # Linux has it; elsewhere nobody is root here, and nothing follows its parent
    if setpriv is None:
        return []
    user = [] if os.geteuid() else [f"--reuid={USER}", f"--regid={GROUP}", "--clear-groups"]
    return [setpriv, *user, "--pdeathsig=KILL"]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args(argv)
    if find_elasticsearch() is None:
        print("SKIPPED: Elasticsearch is missing (python -m tests.services)")
        return 1 if is_ci() else 0
    with cluster(options.nodes, java=FOR_FIGURES) as made:
        env = {**os.environ, "SEARCH_URL": made.url()}
        return subprocess.run(options.command, env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
