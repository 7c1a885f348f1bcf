"""The website is a client of the API, without the way over the network: same URLs, same parameters, same JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.response import ContentNotRenderedError
from django.urls import resolve

from cms.api.freshness import kept_until

_SERVER = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "REMOTE_ADDR", "wsgi.url_scheme")
_WHO = ("HTTP_USER_AGENT", "HTTP_SEC_PURPOSE")
"""Whether a machine asks: its searches are not counted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, JSON, cache tags, and how long the answer holds.

    The JSON of an error is a problem: {type, title, status, detail, errors: [{parameter, …}]}.
    """

    status: int
    body: dict[str, Any]
    tags: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def faulty(self) -> frozenset[str]:
        """Names of the parameters that the API could not take."""
        return frozenset(error["parameter"] for error in self.body.get("errors") or () if error.get("parameter"))


def get(request: HttpRequest, url: str, extra: Mapping[str, str] | None = None) -> Answer:
    """Asks the API for the site that ``request`` came to. ``extra`` adds parameters that ``url`` does not have."""
    parts = urlsplit(url.removeprefix(settings.API_URL))
    parameters = QueryDict(parts.query, mutable=True)
    for name, value in (extra or {}).items():
        parameters.setdefault(name, value)
    inner = HttpRequest()
    inner.method = "GET"
    inner.path = inner.path_info = parts.path
    inner.META = {name: request.META[name] for name in (*_SERVER, *_WHO) if name in request.META}
    inner.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parameters.urlencode()}
    match = resolve(parts.path)
    inner.resolver_match = match
    response = match.func(inner, *match.args, **match.kwargs)
    try:
        content = response.content
    except ContentNotRenderedError:
        content = response.render().content
    return Answer(
        response.status_code,
        orjson.loads(content),
        tuple(response.get("Surrogate-Key", "").split()),
        kept_until(response.get("Cache-Control", "")),
    )
