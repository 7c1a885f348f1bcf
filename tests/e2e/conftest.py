from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A tab of a Norwegian reader, forgotten after the test."""
    context = chromium.new_context(locale="nb-NO", viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(60_000)  # a loaded machine is slow, not wrong
    yield context.new_page()
    context.close()


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The sample documents behind a real server."""
    with override_settings(ROOT_URLCONF="tests.unit.website.sample_site", DEBUG=False):
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Any]:
    """``open_page(path, width=1280, **context options)``; afterwards no page may have written an error."""
    contexts = []
    errors: list[str] = []

    def blocked(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    def open_(path: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", blocked)
        page.goto(site + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors
