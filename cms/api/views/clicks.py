"""Which result of a search was opened: the only address that takes something, and it keeps no visitor's traces."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from cms.api import common
from cms.api.cursors import MAX_ID
from cms.api.parameters import query_of, read
from cms.api.problems import Fault, invalid
from cms.api.searching import LONGEST
from cms.api.values import MalformedError, Text, clean
from cms.publishing import reads
from cms.publishing.hosts import host_of
from search.contract import MAX_LIMIT, MAX_OFFSET
from search.desk import counting

PARAMETERS = (common.SITE,)
MOST_BYTES = 4_000
LAST = MAX_OFFSET + MAX_LIMIT
NUMBERS = {"id": (1, MAX_ID), "position": (1, LAST)}

BODY: dict[str, Any] = {
    "type": "object",
    "description": "A visitor opened a result of a search.",
    "properties": {
        "query": {**Text(LONGEST).schema(), "description": "The text that was searched for, as typed."},
        "id": {"type": "integer", "minimum": 1, "maximum": MAX_ID, "description": "The page that was opened."},
        "position": {
            "type": "integer",
            "minimum": 1,
            "maximum": LAST,
            "description": "Its place among all results, from 1: `offset` and the place on the page.",
        },
    },
    "required": ["query", "id", "position"],
    "additionalProperties": False,
}


def clicks(request: HttpRequest) -> HttpResponse:
    values = read(PARAMETERS, query_of(request))
    site = common.site_of(values, host_of(request))
    given = _read_body(request)
    if reads.live_version(site.id, given["id"]) is None:
        raise invalid([Fault("id", "there is no such page on this site.", "Send the `id` of a result.")])
    if not counting.is_machine(request.META.get("HTTP_USER_AGENT", "")):
        counting.recorder.clicked(site.id, given["query"], document_id=given["id"], position=given["position"])
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    return response


def _read_body(request: HttpRequest) -> dict[str, Any]:
    """Whatever media type it says it is: a beacon to another host may only be plain text. Raises ProblemError."""
    try:
        body = request.read(MOST_BYTES + 1)
        found = orjson.loads(body) if len(body) <= MOST_BYTES else None
    except (orjson.JSONDecodeError, RequestDataTooBig):
        found = None
    if not isinstance(found, dict):
        hint = 'Send JSON: {"query": "…", "id": 12, "position": 1}.'
        raise invalid([Fault("body", "it is no JSON object, or too long.", hint)])
    faults = [Fault(name[:80], "there is no such key here.") for name in found.keys() - BODY["properties"].keys()]
    faults += [fault for name in BODY["properties"] if (fault := _fault(name, found.get(name)))]
    if faults:
        raise invalid(faults)
    return found


def _fault(name: str, value: Any) -> Fault | None:
    if name == "query":
        if not isinstance(value, str):
            return Fault(name, "it must be a text.")
        try:
            Text(LONGEST).read(clean(value))
        except MalformedError as error:
            return Fault(name, error.detail, error.hint)
        return None
    least, most = NUMBERS[name]
    if type(value) is not int or not least <= value <= most:
        return Fault(name, f"it must be a whole number from {least} to {most}.")
    return None
