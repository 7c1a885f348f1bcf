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

HOST = "127.0.0.1"
TICK = os.sysconf("SC_CLK_TCK")


class Figure(NamedTuple):
    """``cpu_ms`` of the server per request, all its processes and threads and SQLite; ``rate`` in requests a second."""

    cpu_ms: float
    rate: float
    size: int


class Server(NamedTuple):
    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and its children so far."""
        return sum(_ticks(pid) for pid in _family(self.pid)) / TICK


@contextmanager
def serving(application: str) -> Iterator[Server]:
    """Runs ``module:name`` until the block ends; inherits the environment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "1", "--no-access-log"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def measure(server: Server, urls: Sequence[str], seconds: float = 3.0) -> Figure:
    """Asks for the URLs in turn over one connection. Raises RuntimeError unless every answer is 200."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    size = 0
    for url in urls[:20]:
        size = len(_get(connection, url))
    count = 0
    start, cpu = time.perf_counter(), server.cpu_seconds()
    while time.perf_counter() - start < seconds:
        for url in urls:
            _get(connection, url)
            count += 1
            if time.perf_counter() - start >= seconds:
                break
    elapsed, used = time.perf_counter() - start, server.cpu_seconds() - cpu
    connection.close()
    return Figure(1000 * used / count, count / elapsed, size)


def _get(connection: http.client.HTTPConnection, url: str) -> bytes:
    connection.request("GET", url, headers={"Host": "localhost"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{url} answered {response.status}: {body[:300]!r}")
    return body


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def load() -> str:
    return " ".join(f"{each:.2f}" for each in os.getloadavg())
