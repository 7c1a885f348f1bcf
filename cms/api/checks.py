"""Configuration mistakes, found at start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from cms.api.client_address import networks
from cms.api.throttle import parse_rate


def check_throttling(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    try:
        parse_rate(settings.FORMIDLE_THROTTLE)
    except ValueError:
        hint = "Write a number of requests and a time, as 600/min, or unset it. Times are s, min, hour and day."
        found.append(Error(f"FORMIDLE_THROTTLE is {settings.FORMIDLE_THROTTLE!r}.", hint=hint, id="api.E001"))
    try:
        networks(tuple(settings.FORMIDLE_TRUSTED_PROXIES))
    except ValueError as error:
        hint = "List addresses and networks, as 10.0.0.0/8,127.0.0.1."
        found.append(Error(f"FORMIDLE_TRUSTED_PROXIES: {error}.", hint=hint, id="api.E002"))
    return found
