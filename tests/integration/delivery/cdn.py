"""A cache before the site, as CDNs are: keeps answers by URL with their tags, and forgets them when it is told to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
from django.test import Client


@dataclass(frozen=True)
class Kept:
    status: int
    body: bytes
    etag: str
    location: str
    tags: frozenset[str]


@dataclass
class Cdn:
    """``purged``: URLs that were forgotten. ``broken``: what it answers to purges instead, if anything."""

    kept: dict[str, Kept] = field(default_factory=dict)
    purged: set[str] = field(default_factory=set)
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    broken: int = 0

    def get(self, url: str) -> Kept:
        if url not in self.kept:
            self.kept[url] = live(url)
        return self.kept[url]

    def forget(self, tags: set[str]) -> None:
        for url, answer in list(self.kept.items()):
            if answer.tags & tags:
                del self.kept[url]
                self.purged.add(url)

    def handle(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        """Speaks Fastly's, Cloudflare's and Varnish's language, and Wagtail's PURGE of a URL."""
        self.requests.append((method, path, headers, body))
        if self.broken:
            return self.broken, {"success": False}
        if path.endswith("/purge_all"):
            self.forget({"all"})
        elif path.startswith("/service/"):
            self.forget(set(headers["surrogate-key"].split(" ")))
        elif path.startswith("/zones/"):
            asked = orjson.loads(body)
            self.forget({"all"} if asked.get("purge_everything") else set(asked["tags"]))
        elif "xkey" in headers:
            self.forget(set(headers["xkey"].split(" ")))
        elif "cache-tag" in headers:
            self.forget(set(headers["cache-tag"].split(",")))
        elif method == "PURGE":
            if path not in self.kept:
                return 404, {}
            del self.kept[path]
            self.purged.add(path)
        return 200, {"success": True}

    def __enter__(self) -> Cdn:
        cdn = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                code, answer = cdn.handle(self.command, self.path, headers, body)
                text = orjson.dumps(answer)
                self.send_response(code)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_POST = do_PURGE = do_BAN = _answer  # noqa: N815

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


def live(url: str) -> Kept:
    response = Client().get(url)
    tags = response.headers.get("Cache-Tag", "")
    assert tags, f"{url} has no tags"
    return Kept(
        response.status_code,
        response.content,
        response.headers.get("ETag", ""),
        response.headers.get("Location", ""),
        frozenset(tags.split(",")),
    )
