"""Previews inside the admin: the panel beside the form, "open in new tab", a revision from the history."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_template
from django.utils.translation import gettext as _

from cms.preview.context import DraftContext
from cms.preview.grants import show_form
from cms.preview.places import AdminPlaces, frontend_url
from cms.preview.private import HEADERS
from cms.preview.web import render
from cms.publishing.build import build
from cms.publishing.public import Publicness


def render_draft(page: Any, request: HttpRequest) -> HttpResponse:
    """``page`` is what the form holds now, saved or not; shown by the frontend that is set, else by our templates."""
    publicness = Publicness()
    if publicness.site_of(page) is None:
        return HttpResponse(_("The page is outside every website, so there is nothing to show."), status=409)
    if settings.FORMIDLE_PREVIEW_URL:
        response = _in_frontend(request, frontend_url(show_form(page, request.user)))
    else:
        places = AdminPlaces(request.user)
        response = render(request, build(page, publicness, partial(DraftContext, places=places)))
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _in_frontend(request: HttpRequest, url: str) -> HttpResponse:
    if getattr(request, "in_preview_panel", False):
        # In a frame of our own: the panel looks into it, and would wait for a page of another origin to answer.
        return render_template(request, "preview/frame.html", {"url": url})
    return HttpResponseRedirect(url)
