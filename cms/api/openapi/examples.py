"""Examples in the OpenAPI description: answers of the demo site (recording.py), and what it has no case of.

A test holds them against their schemas.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson

from cms.api.problems import Fault, ProblemError
from cms.plugins import registry

RECORDED = Path(__file__).with_name("examples.json")

_FAULT = Fault("municipalty", "there is no such parameter here.", "Did you mean municipality?")
_DETAILS: dict[str, ProblemError] = {
    each.name: each
    for each in (
        ProblemError("invalid-parameter", f"{_FAULT.parameter}: {_FAULT.detail}", [_FAULT]),
        ProblemError("bad-request", "The request cannot be read."),
        ProblemError("unauthorized", "The request needs a token: Authorization: Bearer …."),
        ProblemError("forbidden", "The token lacks the scope metrics."),
        ProblemError("preview-unknown", "There is no such preview."),
        ProblemError("preview-ended", "The preview has expired, was revoked, or its page changed what is public."),
        ProblemError("preview-elsewhere", "Drafts are not on this server: ask the one where pages are edited."),
        ProblemError("not-found", "There is no page 4711 on this site."),
        ProblemError("method-not-allowed", "POST is not possible: the public API is read-only."),
        ProblemError(
            "gone",
            "The page has been removed.",
            extra={
                "id": 12,
                "content_type": "news-article",
                "path": "/nyheter/stromstotte/",
                "removed_at": "2026-03-01T09:00:00+01:00",
            },
        ),
        ProblemError(
            "cursor-expired",
            "The log no longer goes back to this cursor, or has begun anew since. Start over without `after`.",
            [Fault("after", "the cursor has expired.", "Drop your copy and leave the parameter out.")],
        ),
        ProblemError("precondition-failed", "The file has changed, or is none that the request names."),
        ProblemError("range-not-satisfiable", "The file has 48213 bytes."),
        ProblemError("too-many-requests", "Wait before you ask again."),
        ProblemError("server-error", "Something went wrong on our side; it has been logged."),
        ProblemError("not-ready", "Nothing has been published here yet."),
        ProblemError("search-unavailable", "The search engine cannot answer now."),
    )
}


def problem_example(name: str) -> dict[str, Any]:
    return _DETAILS[name].body()


_CURSOR = "WyJhMWIyIiwibG9nIiw0MiwwXQ"
_WRITTEN: dict[str, dict[str, Any]] = {
    "resolve": {
        "redirect": {
            "summary": "The page has moved",
            "value": {"kind": "redirect", "location": "/prosjekter/kulturhjertet/", "permanent": True},
        }
    },
    "changes": {
        "removed": {
            "summary": "A page was removed",
            "value": {
                "results": [
                    {
                        "cursor": _CURSOR,
                        "kind": "removed",
                        "id": 12,
                        "type": "news-article",
                        "locale": "nb",
                        "path": "/nyheter/stromstotte/",
                        "previous_path": None,
                        "version": 4,
                        "at": "2026-03-01T09:00:00+01:00",
                        "api_url": "/api/v1/content/12/",
                    }
                ],
                "cursor": _CURSOR,
                "next": None,
            },
        }
    },
}
"""What the demo site has no case of."""


def answer_examples(endpoint: str) -> dict[str, Any]:
    """Name → OpenAPI example of the address's answers; those that show a type which is not installed are left out."""
    recorded = {name: {"value": value} for name, value in _cases(endpoint).items()}
    installed = registry.content_types()
    shown = {name: each for name, each in recorded.items() if types_in(each["value"]) <= installed.keys()}
    return {**shown, **_WRITTEN.get(endpoint, {})}


def _cases(endpoint: str) -> dict[str, Any]:
    if endpoint == "preview":  # answers as a document does; a recorded token would have ended long ago
        return dict(list(_recorded()["document"].items())[:1])
    return _recorded().get(endpoint, {})


@cache
def _recorded() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = orjson.loads(RECORDED.read_bytes())
    return found


def types_in(value: Any) -> set[str]:
    """Content types of the pages that an answer shows."""
    if isinstance(value, list):
        return {name for each in value for name in types_in(each)}
    if not isinstance(value, dict):
        return set()
    own = {value["type"]} if value.get("type") and "path" in value else set()
    return own | {name for each in value.values() for name in types_in(each)}


def without_examples(value: Any) -> Any:
    """A description without them: what is promised."""
    if isinstance(value, list):
        return [without_examples(each) for each in value]
    if isinstance(value, dict):
        return {key: without_examples(each) for key, each in value.items() if key not in ("example", "examples")}
    return value
