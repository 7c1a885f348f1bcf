"""Every error of the API, as RFC 9457 describes them: ``application/problem+json`` with a stable ``type``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson
from django.http import HttpResponse

BASE = "/api/v1/docs/problems/"
"""Where the server explains its problems. Root-relative, so that ``type`` is the same text in every installation."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem; ``explanation`` says what a client can do, ``headers`` name those that it always has."""

    name: str
    status: int
    title: str
    explanation: str
    max_age_s: int | None = None
    headers: tuple[str, ...] = ()

    @property
    def uri(self) -> str:
        return f"{BASE}{self.name}/"


_ALL = (
    ProblemType(
        "invalid-parameter",
        400,
        "Invalid parameter",
        "The request has a parameter that is unknown, malformed, repeated although it takes one value, or that none of "
        "the selected types declares. `errors` lists every fault with its parameter and a hint. Nothing was ignored: "
        "correct the request.",
    ),
    ProblemType(
        "bad-request",
        400,
        "Bad request",
        "The request cannot be read at all: an unknown host name, or far too many parameters. Correct the request.",
    ),
    ProblemType(
        "unauthorized",
        401,
        "Unauthorized",
        "The address is not public: send a token that is valid, as `Authorization: Bearer …`. `WWW-Authenticate` says "
        "whether one was missing or is not, or no longer, valid.",
        headers=("WWW-Authenticate",),
    ),
    ProblemType(
        "forbidden",
        403,
        "Forbidden",
        "The token is valid, but not for this. `WWW-Authenticate` names the scope that it lacks.",
        headers=("WWW-Authenticate",),
    ),
    ProblemType(
        "preview-unknown",
        403,
        "Unknown preview",
        "The token is not one of ours: incomplete, changed, for another site, or over for so long that it is "
        "forgotten. Ask the editor for a new link.",
    ),
    ProblemType(
        "preview-ended",
        410,
        "Preview ended",
        "The preview has expired or was revoked, or its page has been published, unpublished or deleted since. Drop "
        "what you have of it, and do not show the live page in its place. Ask the editor for a new link.",
    ),
    ProblemType(
        "preview-elsewhere",
        421,
        "Previews are elsewhere",
        "This server is for the public alone and cannot read drafts, so it says nothing about the token. Ask the "
        "server where pages are edited; its operator can send `/preview/` and `/api/v1/preview/` there.",
    ),
    ProblemType(
        "not-found",
        404,
        "Not found",
        "There is no such address, or no page that was ever public. A page that was public and is no longer answers "
        "`gone`.",
        max_age_s=10,
    ),
    ProblemType(
        "method-not-allowed",
        405,
        "Method not allowed",
        "The public API is read-only: use GET or HEAD, where nothing else is described. The header `Allow` lists the "
        "methods.",
        headers=("Allow",),
    ),
    ProblemType(
        "gone",
        410,
        "Gone",
        "The page was public and has been unpublished, expired, restricted or deleted. `id`, `content_type`, `path` "
        "and `removed_at` say which page and since when. Remove your copy. A page that is published again answers 200.",
        max_age_s=10,
    ),
    ProblemType(
        "cursor-expired",
        410,
        "Cursor expired",
        "The change feed no longer has the entries after this cursor, or was restored from a backup since. Drop your "
        "copy and start over without `after`.",
    ),
    ProblemType(
        "precondition-failed",
        412,
        "Precondition failed",
        "The file is another one than `If-Match` names, or has changed since `If-Unmodified-Since`. Fetch it anew.",
    ),
    ProblemType(
        "range-not-satisfiable",
        416,
        "Range not satisfiable",
        "The file ends before the `Range` that was asked for. `Content-Range` says how many bytes it has.",
        headers=("Content-Range",),
    ),
    ProblemType(
        "too-many-requests",
        429,
        "Too many requests",
        "Wait as long as `Retry-After` says.",
        headers=("Retry-After",),
    ),
    ProblemType(
        "server-error",
        500,
        "Server error",
        "A fault on our side; it has been logged. The same request may work later.",
    ),
    ProblemType(
        "not-ready",
        503,
        "Not ready",
        "Nothing has been published yet, or the store of published documents cannot be read now. This says nothing "
        "about which pages exist: keep your copies and try again after `Retry-After` seconds.",
        headers=("Retry-After",),
    ),
    ProblemType(
        "search-unavailable",
        503,
        "Search unavailable",
        "The search engine cannot answer now. Lists and documents are not affected. Try again after `Retry-After` "
        "seconds.",
        headers=("Retry-After",),
    ),
)
PROBLEMS: Mapping[str, ProblemType] = {each.name: each for each in _ALL}
RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter. ``hint`` says what would work, "" when there is nothing to add."""

    parameter: str
    detail: str
    hint: str = ""


@dataclass(slots=True)
class ProblemError(Exception):
    """Raised anywhere below a view; becomes the response.

    ``extra`` holds further members of the body, ``headers`` further headers.
    """

    name: str
    detail: str
    errors: Sequence[Fault] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}"

    @property
    def type(self) -> ProblemType:
        return PROBLEMS[self.name]

    def body(self) -> dict[str, Any]:
        """{type, title, status, detail, errors: [{parameter, detail, hint}], …extra}"""
        return {
            "type": self.type.uri,
            "title": self.type.title,
            "status": self.type.status,
            "detail": self.detail,
            "errors": [asdict(fault) for fault in self.errors],
            **self.extra,
        }

    def response(self) -> HttpResponse:
        body = orjson.dumps(self.body())
        response = HttpResponse(body, status=self.type.status, content_type="application/problem+json")
        response["Content-Length"] = str(len(body))
        age = self.type.max_age_s
        response["Cache-Control"] = "no-store" if age is None else f"public, max-age={age}"
        if self.type.status == 503:
            response["Retry-After"] = str(RETRY_AFTER_S)
        for name, value in self.headers.items():
            response[name] = value
        return response


def invalid(faults: Sequence[Fault]) -> ProblemError:
    """A 400 that names every fault in its ``detail`` as well, for people who read only that."""
    return ProblemError("invalid-parameter", " ".join(f"{fault.parameter}: {fault.detail}" for fault in faults), faults)


def not_found(detail: str, headers: Mapping[str, str] | None = None) -> ProblemError:
    return ProblemError("not-found", detail, headers=headers or {})
