"""A receiver of webhooks, as somebody else would write one: HTTP and the standardwebhooks library."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
from standardwebhooks import Webhook

Answer = int | tuple[int, dict[str, str], bytes]


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: bytes
    answered: int = 0

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def event(self) -> str:
        return str(self.json["type"])

    @property
    def document(self) -> int | None:
        found: int | None = self.json["data"].get("id")
        return found

    def verify(self, key: str) -> None:
        """Raises unless the key signed it."""
        Webhook(key).verify(self.body, self.headers)


@dataclass
class Receiver:
    """``answer`` decides; by default everything is accepted."""

    answer: Callable[[Request], Answer] = lambda request: 204
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> Receiver:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                request = Request(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
                receiver.requests.append(request)
                answer = receiver.answer(request)
                code, headers, text = answer if isinstance(answer, tuple) else (answer, {}, b"")
                request.answered = code
                self.send_response(code)
                for name, value in {"content-length": str(len(text)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook"

    @property
    def accepted(self) -> list[Request]:
        return [each for each in self.requests if 200 <= each.answered < 300]

    def told(self) -> list[tuple[str, int | None]]:
        """Event and document of what was accepted, in order."""
        return [(each.event, each.document) for each in self.accepted]
