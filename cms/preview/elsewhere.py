"""Preview addresses of a process that is for the public alone: its database role can read no draft, so it says so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.api.problems import ProblemError
from cms.website import messages
from cms.website.languages import DEFAULT_UI_LANGUAGE


def document(request: HttpRequest, token: str) -> HttpResponse:
    raise ProblemError("preview-elsewhere", "Drafts are not on this server: ask the one where pages are edited.")


def page(request: HttpRequest, token: str) -> HttpResponse:
    with translation.override(DEFAULT_UI_LANGUAGE):
        text = _("Open the link on the server where pages are edited.")
        return messages.bare(_("There are no previews here"), text, 421)
