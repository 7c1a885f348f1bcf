"""Pages that say why there is no page: not found, removed, not ready, failed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.publishing.reads import UNREADABLE
from cms.website.headers import secure
from cms.website.languages import DEFAULT_UI_LANGUAGE, ui_language
from cms.website.rendering import render_page
from cms.website.search_page import LONGEST

RETRY_AFTER_SECONDS = 10


def not_found(request: HttpRequest, site: Mapping[str, Any], navigation: Mapping[str, Any]) -> HttpResponse:
    with _language(site):
        title, text = _("The page was not found"), _("The address may be wrong, or the page may never have existed.")
    return _message(request, site, navigation, title, text, 404)


def gone(request: HttpRequest, site: Mapping[str, Any], navigation: Mapping[str, Any]) -> HttpResponse:
    with _language(site):
        title, text = _("The page has been removed"), _("There was a page here, but it is no longer published.")
    return _message(request, site, navigation, title, text, 410)


def search_down(request: HttpRequest, site: Mapping[str, Any], navigation: Mapping[str, Any]) -> HttpResponse:
    with _language(site):
        title, text = _("The search is not available right now"), _("Try again in a moment, or use the menu.")
    typed = request.GET.get("q", "")[:LONGEST]
    response = _message(request, site, navigation, title, text, 503, typed)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def not_built(request: HttpRequest) -> HttpResponse:
    """Nothing was published yet, so there is neither menu nor footer to show around the message."""
    with translation.override(DEFAULT_UI_LANGUAGE):
        return _unavailable(_("The website is being prepared"))


def server_error(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Django's ``handler500``: asks nothing of what may just have failed. 503 where that was the database."""
    with translation.override(DEFAULT_UI_LANGUAGE):
        if isinstance(sys.exc_info()[1], UNREADABLE):
            return _unavailable(_("The website is not available right now"))
        return bare(_("Something went wrong"), _("We have been told. Try again in a moment."), 500)


def _language(site: Mapping[str, Any]) -> translation.override:
    return translation.override(ui_language(str(site.get("default_locale") or "")))


def _message(
    request: HttpRequest,
    site: Mapping[str, Any],
    navigation: Mapping[str, Any],
    title: str,
    text: str,
    status: int,
    typed: str = "",
) -> HttpResponse:
    """``typed``: what stays in the search field."""
    response = render_page(
        request,
        ["errors/message.html"],
        {"title": title, "text": text, "typed": typed},
        language=str(site.get("default_locale") or DEFAULT_UI_LANGUAGE),
        site=site,
        navigation=navigation,
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response


def _unavailable(title: str) -> HttpResponse:
    response = bare(title, _("Try again in a moment."), 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def bare(title: str, text: str, status: int) -> HttpResponse:
    """A message with nothing of the site around it."""
    context = {"title": title, "text": text, "language": DEFAULT_UI_LANGUAGE}
    response = HttpResponse(render_to_string("errors/bare.html", context), status=status)
    response["Cache-Control"] = "no-store"
    secure(response)
    return response
