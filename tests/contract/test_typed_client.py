"""The example client: its types are made from the description, it compiles, and it reads a live site."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cms.api.openapi.examples import RECORDED
from tests.contract.conftest import Site
from tests.contract.node import UNREACHABLE, Shell
from tests.services import is_ci

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CLIENT = "docs/examples/typed-client"
LOCAL = "http://localhost:8000"


def documented() -> list[str]:
    """The commands of the guide's section, in order."""
    section = (ROOT / "docs/api.md").read_text().partition("## Typed clients")[2]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[0].strip().splitlines()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A copy of the client, installed and compiled as the guide says."""
    top = tmp_path_factory.mktemp("client")
    ignored = shutil.ignore_patterns("node_modules", "schema.d.ts")
    shutil.copytree(ROOT / CLIENT, top / CLIENT, ignore=ignored)
    shutil.copy(ROOT / "docs/openapi.json", top / "docs")
    shutil.copy(Path(__file__).with_name("typed_client_types.ts"), top / CLIENT / "src" / "types.ts")
    first, install, *rest = documented()
    assert (first, install) == (f"cd {CLIENT}", "npm ci")
    shell = Shell.at(top / CLIENT, top / "bin")
    installed = shell.run(install)
    if installed.returncode and not is_ci() and any(word in installed.stderr for word in UNREACHABLE):
        pytest.skip("npm ci cannot reach the npm registry, so the typed client is not tested")
    assert installed.returncode == 0, installed.stderr
    for line in rest:
        if LOCAL not in line:
            done = shell.run(line)
            assert done.returncode == 0, done.stdout + done.stderr
    return shell


@pytest.mark.parametrize("line", [line for line in documented() if LOCAL in line])
def test_commands_of_the_guide(client: Shell, demo_site: Site, line: str) -> None:
    done = client.run(line.replace(LOCAL, demo_site.url))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_every_page_is_rendered(client: Shell, demo_site: Site) -> None:
    listed = client.run(f"node src/main.ts {demo_site.url} titles").stdout.splitlines()
    paths = [line.split()[0] for line in listed]
    assert len(paths) > 20
    for path in paths[:12]:
        assert client.run(f"node src/main.ts {demo_site.url} page {path}").stdout.startswith("<main lang="), path


def test_cursors_are_followed_to_the_end(client: Shell, demo_site: Site) -> None:
    lines = client.run(f"node src/main.ts {demo_site.url} events").stdout.splitlines()
    days = [line[:10] for line in lines]
    assert len(days) > 4  # pages of two
    assert days == sorted(days)


def test_what_is_not_there(client: Shell, demo_site: Site) -> None:
    assert client.run(f"node src/main.ts {demo_site.url} page /finnes/ikke/").stdout == "404\n"


class Answers(BaseHTTPRequestHandler):
    answer: tuple[int, Any]

    def do_GET(self) -> None:
        status, value = self.answer
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status == 200 else "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def answering(status: int, value: Any) -> Iterator[str]:
    """An API that always says the same."""
    handler = type("Same", (Answers,), {"answer": (status, value)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def rendered(client: Shell, status: int, value: Any) -> str:
    with answering(status, value) as url:
        done = client.run(f"node src/main.ts {url} page /x/")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_is_newer_than_the_client_shows_nothing(client: Shell) -> None:
    known: Any = json.loads(RECORDED.read_text())["document"]["event"]
    block = {"id": "n", "type": "hologram", "value": {"of": ["everybody"]}}
    newer = {**known, "type": "podcast", "mood": "good", "body": [block, *known["body"], block]}
    assert known["body"]
    before = rendered(client, 200, {"kind": "page", "document": known})
    after = rendered(client, 200, {"kind": "page", "document": newer})
    assert after.replace("\n", "") == before.replace("\n", "")


def test_redirects_and_removed_pages(client: Shell) -> None:
    redirect = {"kind": "redirect", "location": "/ny/", "permanent": True}
    assert rendered(client, 200, redirect) == "301 /ny/\n"
    assert rendered(client, 410, {"type": "", "title": "Gone", "status": 410, "detail": "", "errors": []}) == "410\n"


def test_versions_are_locked() -> None:
    lock = json.loads((ROOT / CLIENT / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert all(each["integrity"] and "resolved" not in each for each in packages.values())
    wanted = json.loads((ROOT / CLIENT / "package.json").read_text())
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
