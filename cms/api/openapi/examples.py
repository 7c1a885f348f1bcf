"""Examples in the OpenAPI description; a test holds them against their schemas."""

from __future__ import annotations

from typing import Any

from cms.api.problems import Fault, ProblemError

_FAULT = Fault("municipalty", "there is no such parameter here.", "Did you mean municipality?")
_DETAILS: dict[str, ProblemError] = {
    each.name: each
    for each in (
        ProblemError("invalid-parameter", f"{_FAULT.parameter}: {_FAULT.detail}", [_FAULT]),
        ProblemError("bad-request", "The request cannot be read."),
        ProblemError("unauthorized", "The request needs a token: Authorization: Bearer …."),
        ProblemError("forbidden", "The token lacks the scope metrics."),
        ProblemError("not-found", "There is no page 4711 that is or was public."),
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
        ProblemError("too-many-requests", "Wait before you ask again."),
        ProblemError("server-error", "Something went wrong on our side; it has been logged."),
        ProblemError("not-ready", "Nothing has been published here yet."),
        ProblemError("search-unavailable", "The search engine cannot answer now."),
    )
}


def problem_example(name: str) -> dict[str, Any]:
    return _DETAILS[name].body()


_CURSOR = "WyJhMWIyIiwibG9nIiw0MiwwXQ"
EXAMPLES: dict[str, dict[str, Any]] = {
    "resolve": {
        "redirect": {
            "summary": "The page has moved",
            "value": {"kind": "redirect", "location": "/prosjekter/kulturhjertet/", "permanent": True},
        }
    },
    "suggest": {
        "suggestions": {
            "value": {
                "query": "konf",
                "pages": [
                    {
                        "id": 12,
                        "type": "event",
                        "title": "Strategikonferansen",
                        "path": "/arrangementer/strategikonferansen/",
                        "url": "/arrangementer/strategikonferansen/",
                    }
                ],
                "completions": ["konferanse"],
            }
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
    "healthz": {"alive": {"value": {"status": "ok"}}},
    "readyz": {
        "ready": {"value": {"status": "ok", "checks": {"documents": "ok", "search": "ok"}, "lag": {"search": 0}}}
    },
}
