"""Is the process alive, and can it answer: for load balancers and people on call."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from cms.api import readiness
from cms.api.parameters import query_of, read
from cms.api.problems import ProblemError
from cms.publishing import reads
from cms.publishing.models import Consumer
from search import service


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    read((), query_of(request))
    return _answer({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Documents can be read and search can answer; otherwise 503 says what is in the way."""
    read((), query_of(request))
    checks = readiness.checks()
    if failing := [f"{name} ({state})" for name, state in checks.items() if state != readiness.OK]:
        raise ProblemError("not-ready", f"Not ready: {', '.join(failing)}.", extra={"checks": checks})
    last = reads.last_change()
    lag = {
        name: max(0, last - cursor) for name, cursor in Consumer.objects.order_by("name").values_list("name", "cursor")
    }
    return _answer({"status": "ok", "checks": checks, "indexes": service.states(), "lag": lag})


def _answer(body: dict[str, object]) -> HttpResponse:
    response = HttpResponse(orjson.dumps(body), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
