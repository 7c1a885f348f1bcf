"""How a draft becomes a web page: whoever renders pages says so here, since pages cannot know of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Renderer = Callable[[Any, HttpRequest], HttpResponse]

_renderer: list[Renderer] = []


def set_renderer(renderer: Renderer) -> None:
    """Called in ``AppConfig.ready``."""
    _renderer[:] = [renderer]


def render(page: Any, request: HttpRequest) -> HttpResponse:
    """The draft as a visitor would see it."""
    if not _renderer:
        return HttpResponse(
            "No frontend is installed that could show a preview.", status=501, content_type="text/plain"
        )
    return _renderer[0](page, request)
