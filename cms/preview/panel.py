"""The editor's preview panel: the draft as a document, through the same templates as the live page."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.preview.context import DraftContext
from cms.publishing import reads
from cms.publishing.build import build
from cms.publishing.public import Publicness
from cms.website.lists import lists_for
from cms.website.rendering import render_document


def render_draft(page: Any, request: HttpRequest) -> HttpResponse:
    """``page`` is what the form holds now, saved or not."""
    publicness = Publicness()
    if publicness.site_of(page) is None:
        return HttpResponse(_("The page is outside every website, so there is nothing to show."), status=409)
    built = build(page, publicness, DraftContext)
    document = orjson.loads(built.detail_bytes(version=0))
    site = reads.site_for_host(request.get_host())
    response = render_document(
        request,
        document,
        site=orjson.loads(site.settings),
        navigation=orjson.loads(site.navigation),
        preview=True,
        lists=lists_for(request),
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
