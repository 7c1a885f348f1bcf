"""Responses of feeds, calendars and the sitemap: like those of lists, with the time of the last change beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from cms.api.responses import json_response, settled
from cms.publishing import syndication


def text(
    request: HttpRequest,
    body: bytes,
    *,
    content_type: str,
    tags: Iterable[str],
    ends: Iterable[datetime | None],
    timeless: bool = True,
) -> HttpResponse:
    """200 or 304. ``ends``: when something of it changes by itself. ``timeless``: not with every moment that passes."""
    return json_response(
        request,
        body,
        # of the log, not of what is listed: a list changes as well when its newest entry goes
        last_modified=settled(syndication.last_changed_at()) if timeless else None,
        tags=tags,
        ends=ends,
        content_type=content_type,
    )
