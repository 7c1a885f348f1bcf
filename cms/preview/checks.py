"""Configuration mistakes, found at start."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_preview_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    url = settings.FORMIDLE_PREVIEW_URL
    if not url:
        return []
    parts = urlsplit(url)
    good = parts.scheme in ("http", "https") and parts.hostname and "{token}" not in parts.netloc
    if good and url.count("{token}") == 1 and not any(each in url for each in " \"'<>\\"):
        return []
    return [
        Error(
            f"FORMIDLE_PREVIEW_URL is {url!r}, which is no address with one {{token}} in it.",
            hint="Write it as https://www.example.no/preview?token={token}, or unset it.",
            id="preview.E001",
        )
    ]
