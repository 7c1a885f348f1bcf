"""``/preview/{token}/``: a draft through our own templates, for whoever has the token."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import translation
from django.utils.translation import gettext as _

from cms.preview.opening import EndedToken, UnknownToken, open_token
from cms.publishing import reads
from cms.publishing.build import Built
from cms.website import messages
from cms.website.headers import secure
from cms.website.languages import DEFAULT_UI_LANGUAGE
from cms.website.lists import lists_for
from cms.website.rendering import render_document


def page(request: HttpRequest, token: str) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        response = render(request, open_token(token.removesuffix("/")).build())
    except UnknownToken:
        return _unknown()
    except EndedToken:
        return _ended()
    except reads.NotBuilt:
        return messages.not_built(request)
    secure(response)
    return response


def render(request: HttpRequest, built: Built) -> HttpResponse:
    """With the menus of the site and tree that the page is in. Raises NotBuilt where there are none yet."""
    document: dict[str, Any] = orjson.loads(built.detail_bytes(version=0))
    row = reads.site_for_host(f"{built.site.hostname}:{built.site.port}")
    tree = reads.tree(row.id, built.locale) or reads.default_tree(row.id)
    return render_document(
        request,
        document,
        site=orjson.loads(tree.settings),
        navigation=orjson.loads(tree.navigation),
        locale=built.locale,
        origin=built.site.origin,
        preview=True,
        lists=lists_for(request),
    )


def _unknown() -> HttpResponse:
    with translation.override(DEFAULT_UI_LANGUAGE):
        return messages.bare(_("There is no such preview"), _("Check that you have the whole link."), 403)


def _ended() -> HttpResponse:
    with translation.override(DEFAULT_UI_LANGUAGE):
        text = _("The link has expired or was revoked, or the page has been published. Ask for a new one.")
        return messages.bare(_("This preview is over"), text, 410)
