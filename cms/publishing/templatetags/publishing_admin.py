"""How the admin shows what failed, and when it is tried again."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from cms.publishing import reasons

register = template.Library()
register.filter("translated", reasons.translated)


@register.filter
def moment(at: datetime | None) -> str:
    """``14:03:10``; where that is not today, with its day: ``01.12.2026 14:03``."""
    if at is None:
        return ""
    local = localtime(at)
    return date_format(local, "H:i:s" if local.date() == localdate() else "SHORT_DATETIME_FORMAT")
