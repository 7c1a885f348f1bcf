"""Is the process alive, and can it answer: for load balancers and people on call."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from cms.api.parameters import read
from cms.api.problems import ProblemError
from cms.publishing import reads
from cms.publishing.models import Consumer
from search import service
from search.contract import SearchError


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    read((), request.GET)
    return _answer({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Documents can be read and search can answer; otherwise 503 says which of them cannot."""
    read((), request.GET)
    reads.site_for_host(request.get_host())
    checks = {"documents": "ok", "search": _search()}
    if failing := [name for name, state in checks.items() if state != "ok"]:
        raise ProblemError("not-ready", f"Not ready: {', '.join(failing)}.", extra={"checks": checks})
    last = reads.last_change()
    lag = {
        name: max(0, last - cursor) for name, cursor in Consumer.objects.order_by("name").values_list("name", "cursor")
    }
    return _answer({"status": "ok", "checks": checks, "lag": lag})


def _search() -> str:
    try:
        return "ok" if service.engine().is_current() else "there is no usable index"
    except SearchError:
        return "the engine does not answer"


def _answer(body: dict[str, object]) -> HttpResponse:
    response = HttpResponse(orjson.dumps(body), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
