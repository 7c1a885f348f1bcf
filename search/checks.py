"""Configuration mistakes, found at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from search import embedding, golden, service


def check_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        service.engine()
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint="Unset it to use the embedded engine; docs/operations.md tells about others.",
                id="search.E001",
            )
        ]
    return []


def check_recency(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        service.recency()
    except ImproperlyConfigured as error:
        return [Error(f"{error}.", hint="0.1 is a little, 0 nothing; unset it for 0.1.", id="search.E002")]
    return []


def check_standby(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A standby that fails together with the engine, or for the same reason, is none."""
    if not settings.SEARCH_STANDBY:
        return []
    hint = "SEARCH_STANDBY=tantivy: stands by for an engine on the network; leave it out beside the embedded one."
    if settings.SEARCH_STANDBY == settings.SEARCH_URL:
        return [Error("SEARCH_STANDBY is the engine of SEARCH_URL itself.", hint=hint, id="search.E003")]
    try:
        standby = service.standby()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint=hint, id="search.E003")]
    if standby and standby.remote:
        return [Error("SEARCH_STANDBY is on the network as well.", hint=hint, id="search.E003")]
    return []


def check_vectors(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        embedding.embedder()
    except ImproperlyConfigured as error:
        return [Error(f"{error}.", hint="Unset it to search by words alone; docs/search.md.", id="search.E005")]
    return []


def check_golden(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.SEARCH_GOLDEN:
        return []
    try:
        list(golden.load(Path(settings.SEARCH_GOLDEN)))
    except (golden.FaultyLine, OSError) as error:
        hint = 'SEARCH_GOLDEN names a file of lines like {"query": "barnehage", "paths": ["/nyheter/ny-barnehage/"]}.'
        return [Error(f"Golden queries cannot be used: {error}", hint=hint, id="search.E004")]
    return []
