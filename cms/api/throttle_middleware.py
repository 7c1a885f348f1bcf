"""FORMIDLE_THROTTLE: how many requests one client may make of what costs work. Unset, it is not even in the way."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from cms.api.client_address import client_address
from cms.api.endpoint import allow_origin
from cms.api.throttle import parse_rate, too_many, wait_s

COUNTED = ("/api/", "/feeds/", "/calendar/", "/preview/", "/sok/")
"""Pages of the website are not: a visitor's browser asks for few of them."""


class Throttle:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        rate = parse_rate(settings.FORMIDLE_THROTTLE)
        if rate is None:
            raise MiddlewareNotUsed
        self.rate = rate
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(COUNTED) and (seconds := wait_s("client", client_address(request), self.rate)):
            return allow_origin(request, too_many(seconds).response())
        return self.get_response(request)
