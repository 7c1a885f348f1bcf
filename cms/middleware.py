"""Sessions, login, CSRF and messages for the admin alone: public URLs never see a cookie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.middleware.csrf import CsrfViewMiddleware

ADMIN_PATH = "/admin/"
NUL = "\0"


def is_admin(request: HttpRequest) -> bool:
    """Requests to the admin, and those that Wagtail makes up for a preview inside it."""
    return request.path_info.startswith(ADMIN_PATH) or getattr(request, "is_dummy", False)


class _AdminOnly:
    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_admin(request):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)


class AdminSession(_AdminOnly, SessionMiddleware):
    pass


class AdminAuthentication(_AdminOnly, AuthenticationMiddleware):
    pass


class AdminMessages(_AdminOnly, MessageMiddleware):
    pass


class AdminCsrf(_AdminOnly, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        return super().process_view(request, *args) if is_admin(request) else None


class AdminWithoutNul:
    """Takes NUL out of what editors send: nobody sees it, and PostgreSQL refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and is_admin(request) and _has_nul(request.POST):
            cleaned = QueryDict(mutable=True)
            for name, texts in request.POST.lists():
                cleaned.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
            request.POST = cleaned  # type: ignore[assignment]
        return self.get_response(request)


def _has_nul(form: QueryDict) -> bool:
    return any(NUL in text for name, texts in form.lists() for text in (name, *texts))


class KeepSearchEnginesOut:
    """Says on every response that search engines must leave it out, for those that do not ask for robots.txt."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.SITE_NOINDEX:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
