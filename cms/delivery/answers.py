"""Responses of feeds, calendars and the sitemap: like those of lists, with the time of the last change beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.api.responses import json_response
from cms.publishing import syndication

SETTLED = timedelta(seconds=2)


def text(
    request: HttpRequest, body: bytes, *, content_type: str, tags: Iterable[str], timeless: bool = True
) -> HttpResponse:
    """200 or 304. ``timeless``: the same at every hour, until something is published."""
    return json_response(
        request,
        body,
        last_modified=_last_modified() if timeless else None,
        tags=tags,
        content_type=content_type,
    )


def _last_modified() -> datetime | None:
    """Of the log, not of what is listed: a list changes as well when its newest entry goes.

    Dates of HTTP are whole seconds, so a second in which more may still happen is not given out.
    """
    changed_at = syndication.last_changed_at()
    return changed_at if changed_at and timezone.now() - changed_at > SETTLED else None
