"""CPU time and rate of requests to a WSGI application in this process: no network, no server, no noise of others."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Application = Callable[..., Any]


class Figure(NamedTuple):
    """``cpu_ms`` of the process per request, all threads and SQLite included; ``rate`` in requests a second."""

    cpu_ms: float
    rate: float
    size: int


def get(application: Application, url: str, **headers: str) -> tuple[str, bytes]:
    """Status line and body of one GET."""
    parts = urlsplit(url)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path.encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    status: list[str] = []
    body = application(environ, lambda line, _headers, _error=None: status.append(line))
    try:
        return status[0], b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()


def measure(application: Application, urls: Sequence[str], seconds: float = 3.0) -> Figure:
    """Asks for the URLs in turn. Raises RuntimeError unless every answer is 200."""
    size = 0
    for url in urls[:20]:
        status, body = get(application, url)
        if not status.startswith("200"):
            raise RuntimeError(f"{url} answered {status}: {body[:300]!r}")
        size = len(body)
    count = 0
    start, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        for url in urls[count % len(urls) :][:10]:
            get(application, url)
            count += 1
    elapsed, used = time.perf_counter() - start, time.process_time() - cpu
    return Figure(1000 * used / count, count / elapsed, size)


def load() -> str:
    return " ".join(f"{each:.2f}" for each in os.getloadavg())
