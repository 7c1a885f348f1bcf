"""Around every answer below a preview address: never stored, never indexed, never passed on, and not in the log."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from cms.api.endpoint import View

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
HIDDEN = "…"
"""Stands for a token where a path is logged."""


def private(view: View) -> View:
    """``token`` is a keyword of the view."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Django and we log the path of what failed
        secret = kwargs.get("token") or kwargs.get("key") or ""
        if secret:
            request.path = request.path.replace(secret, HIDDEN)
            request.path_info = request.path_info.replace(secret, HIDDEN)
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        for name in ("ETag", "Last-Modified", "Cache-Tag", "Surrogate-Key"):
            response.headers.pop(name, None)
        return response

    return answer
