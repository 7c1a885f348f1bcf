"""Prepare the data folder, run web server and worker, tell where everything is: `python -m cms.setup.start PORT`.

The folder is $FORMIDLE_DATA. Standard library only, so that this process stays small: Django runs in the children.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from cms.setup.child import Child, say, supervised
from cms.setup.claim import InUseError, claimed

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
SEARCH_WORD = "konferanse"
LOG_SIZE = 5_000_000
"""Bytes after which a log is put aside at the next start."""


def fail(text: str) -> NoReturn:
    say(f"start: {text}")
    raise SystemExit(1)


def start(port: int, data: Path, demo: Path | None) -> None:
    data.mkdir(parents=True, exist_ok=True)
    try:
        # public processes only read: any number of them, on ports of their own, beside whoever edits
        with claimed(data, f"lock-{port}" if is_public() else "lock") as claim:
            check_port(port)
            serve(port, data, claim, demo)
    except InUseError as error:
        fail(str(error))


def is_public() -> bool:
    return os.environ.get("FORMIDLE_ROLE") == "public"


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            fail(f"port {port} cannot be used ({error.strerror}); choose another with --port N")


def prepare(port: int, demo: Path | None) -> Mapping[str, bool]:
    """{"migrated": bool, "home": bool, "demo": bool, "port": bool}: what had to be done."""
    options = ["--demo", str(demo)] if demo and demo.exists() else []
    command = [*MANAGE, "prepare", "--port", str(port), *options]
    result = subprocess.run(command, env=supervised(), stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if result.returncode:
        fail("the data folder could not be prepared, see above")
    return json.loads(result.stdout.splitlines()[-1])


def serve(port: int, data: Path, claim: int, demo: Path | None) -> None:
    """Prepare, and run the children until a signal comes."""
    command = [sys.executable, "-m", "cms.setup.serve", HOST, str(port)]
    web = Child("web", command, log_file(data, f"web-{port}" if is_public() else "web"), claim)
    worker = Child("worker", [*MANAGE, "worker"], log_file(data, "worker"), claim)
    role = os.environ.get("FORMIDLE_ROLE")
    children = {"public": [web], "worker": [worker]}.get(role or "", [web, worker])
    try:
        if (data / "db.sqlite3").exists() and web in children:
            web.start()  # most often nothing is to be done: it loads while prepare looks
        # a public process may not write; whoever has the admin prepares
        done = {} if is_public() else prepare(port, demo)
        if done.get("migrated"):
            end([web])
        for child in children:
            if child.process is None:
                child.start()
        if role == "worker":
            say("Ready: a worker, no web server")
            tend(children)
        if problem := wait_for(port, "/healthz/", 60, children):
            fail(f"the site did not answer within a minute ({problem}); see {web.log}")
        if any(done.values()):
            wait_until_built()
        if problem := wait_for(port, "/readyz/", 120, children):
            say(f"Not everything is ready yet ({problem}); see {worker.log}")
        announce(port, data, admin=not is_public())
        tend(children)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        end(children)


def tend(children: Sequence[Child]) -> NoReturn:
    while True:
        for child in children:
            child.tend()
        time.sleep(0.2)


def end(children: Sequence[Child]) -> None:
    """Ask all of them at once, then wait."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + 10
    for child in children:
        child.end(deadline)


def log_file(data: Path, name: str) -> Path:
    path = data / "logs" / f"{name}.log"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_SIZE:
        path.replace(path.with_suffix(".log.1"))
    return path


def wait_for(port: int, path: str, seconds: float, children: Sequence[Child]) -> OSError | None:
    """The last problem, where the path has not answered 200 in time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fetch(port, path)
            return None
        except OSError as error:  # refused, or an error status
            if time.monotonic() > deadline:
                return error
        for child in children:
            child.tend()
        time.sleep(0.05)


def wait_until_built() -> None:
    say("Building documents and index …")
    command = [*MANAGE, "documents", "status", "--wait", "120"]
    if subprocess.run(command, env=supervised(), stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
        say("This takes longer than usual; the rest is built while the site runs")


def fetch(port: int, path: str) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback needs no proxy
    with opener.open(f"http://{HOST}:{port}{path}", timeout=10) as response:
        return response.read()


def announce(port: int, data: Path, *, admin: bool) -> None:
    """What a newcomer needs, a line each, then Ready."""
    url = f"http://localhost:{port}"
    password = data / "admin-password"
    shown = password.read_text().strip() if password.exists() else "(as you set it)"
    for line in (
        f"Site: {url}/",
        *([f"Admin: {url}/admin/ admin {shown}"] if admin else []),
        f"API: {url}/api/v1/",
        f"Docs: {url}/api/v1/docs/",
        f'Search: "{SEARCH_WORD}" → {search_answer(port)}',
        "Ready",
    ):
        print(line, flush=True)  # noqa: T201


def search_answer(port: int) -> str:
    """What the API itself answers: 12 hits, first: Title."""
    try:
        found = json.loads(fetch(port, "/api/v1/search/?limit=1&q=" + urllib.parse.quote(SEARCH_WORD)))
    except OSError as error:
        return f"no answer yet ({error})"
    first = f", first: {found['results'][0]['title']}" if found["results"] else ""
    return f"{found['total']} hits{first}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="cms.setup.start")
    parser.add_argument("port", type=int)
    parser.add_argument("--demo", type=Path)
    options = parser.parse_args()
    # A shell that runs us in the background has SIGINT ignored; it must stop us all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        start(options.port, Path(os.environ["FORMIDLE_DATA"]), options.demo)
    except KeyboardInterrupt:
        say("Stopped")


if __name__ == "__main__":
    main()
