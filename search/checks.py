"""Configuration mistakes, found at start."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from search import service


def check_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        service.engine()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Unset SEARCH_URL to use the embedded engine.", id="search.E001")]
    return []


def check_recency(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        service.recency()
    except ImproperlyConfigured as error:
        return [Error(f"{error}.", hint="0.1 is a little, 0 nothing; unset it for 0.1.", id="search.E002")]
    return []
