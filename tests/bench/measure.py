"""CPU time and rate of requests to a real server on loopback: granian, one process, one thread that runs Python."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.clients import Clients, request

HOST = "127.0.0.1"
ROUND_S = 0.2


class Figure(NamedTuple):
    """CPU per request: ``cpu_ms`` of the server, all its threads and SQLite; ``database_ms`` of PostgreSQL.

    ``rate`` in requests a second; ``size`` in bytes as they are sent, of one body.
    """

    cpu_ms: float
    database_ms: float
    rate: float
    size: int

    @property
    def total_ms(self) -> float:
        return self.cpu_ms + self.database_ms


class Server(NamedTuple):
    """``database``: process id of PostgreSQL's own parent process; 0 for SQLite."""

    pid: int
    port: int
    database: int = 0

    def database_seconds(self) -> float:
        return sum(_seconds(pid) for pid in _family(self.database)) if self.database else 0.0

    def memory_mb(self) -> float:
        """Resident, without what is shared with other processes, of the process that serves."""
        return max(_private_kb(pid) for pid in _family(self.pid)) / 1024

    def cpu_seconds(self) -> float:
        """User and system time of the server and its children so far."""
        return sum(_seconds(pid) for pid in _family(self.pid))


class Asked(NamedTuple):
    """What one figure is about. ``encoding`` and ``known`` as in ``measure``."""

    urls: Sequence[str]
    encoding: str = ""
    known: bool = False


@contextmanager
def serving(application: str, **environment: str) -> Iterator[Server]:
    """Runs ``module:name`` until the block ends; ``environment`` is added to our own."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "1", "--no-access-log"]
    env = {**os.environ, **environment}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        _wait(port)
        yield Server(process.pid, port, _database())
    finally:
        process.terminate()
        process.wait(timeout=20)


def in_turn(asked: Sequence[tuple[Server, Asked]], seconds: float) -> list[Figure]:
    """A figure for each, the median of rounds that take turns: what else the machine does meets all of them alike."""
    rounds = max(3, round(seconds / ROUND_S))
    for server, each in asked:
        measure(server, each.urls, ROUND_S, each.encoding, each.known)  # for the first time
    found = [
        [measure(server, each.urls, ROUND_S, each.encoding, each.known) for server, each in asked]
        for _ in range(rounds)
    ]
    return [sorted(figures, key=lambda figure: figure.total_ms)[rounds // 2] for figures in zip(*found, strict=True)]


def measure(
    server: Server, urls: Sequence[str], seconds: float = 3.0, encoding: str = "", known: bool = False
) -> Figure:
    """Asks for the URLs in turn over several connections. Raises RuntimeError unless every answer is 200.

    ``encoding`` for Accept-Encoding. ``known``: the client has every answer already, and each must be 304.
    """
    accepted = ("Accept-Encoding", encoding)
    requests = [request("localhost", url, [accepted]) for url in urls]
    if known:
        etags = [_etag(server, url, encoding) for url in urls]
        requests = [
            request("localhost", url, [accepted, ("If-None-Match", etag)])
            for url, etag in zip(urls, etags, strict=True)
        ]
    with Clients(HOST, server.port) as clients:
        start, cpu, database = time.perf_counter(), server.cpu_seconds(), server.database_seconds()
        count, size = clients.ask(requests, seconds, 304 if known else 200)
        elapsed, used = time.perf_counter() - start, server.cpu_seconds() - cpu
        database = server.database_seconds() - database
    return Figure(1000 * used / count, 1000 * database / count, count / elapsed, size)


def _etag(server: Server, url: str, encoding: str) -> str:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    connection.request("GET", url, headers={"Host": "localhost", "Accept-Encoding": encoding})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.headers.get("ETag", "")


def _database() -> int:
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    parent = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    connection.close()
    return parent


def _private_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def _wait(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:  # it has ended meanwhile, as processes of PostgreSQL do that tidy up
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _seconds(pid: int) -> float:
    """Of all threads: the clock's ticks would be too coarse."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


def load() -> str:
    return " ".join(f"{each:.2f}" for each in os.getloadavg())
