"""Findings as messages of the admin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.content.validation.finding import Finding
from cms.content.validation.labels import describe
from cms.content.validation.page import findings

SHOWN = 6
"""So many at most; the rest is counted."""


def tell(request: HttpRequest, page: Any) -> None:
    """After a page was saved: what will stop its publishing, and what may be better."""
    found = findings(page)
    if stops := [each for each in found if each.grade == "stop"]:
        messages.warning(request, _listing(page, stops, _("Before the page can be published:")))
    if warnings := [each for each in found if each.grade == "warn"]:
        messages.warning(request, _listing(page, warnings, _("Worth a look:")))


def refuse(request: HttpRequest, page: Any, stops: Sequence[Finding], edit_url: str) -> None:
    """After somebody tried to publish it without its form, which is at ``edit_url``."""
    heading = _("«%(title)s» was not published.") % {"title": page.get_admin_display_title()}
    edit = messages.button(edit_url, _("Edit"))
    messages.error(request, _listing(page, stops, heading), buttons=[edit])


def _listing(page: Any, found: Sequence[Finding], heading: str) -> SafeString:
    items = [(describe(page, each.place), each.message) for each in found[:SHOWN]]
    rows = format_html_join("", "<li><strong>{}:</strong> {}</li>", items)
    if more := len(found) - SHOWN if len(found) > SHOWN else 0:
        rows += format_html("<li>{}</li>", ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
    return format_html("{}<ul>{}</ul>", heading, rows)
