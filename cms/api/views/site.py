"""Menus and what the site says of itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cms.api import common
from cms.api.parameters import query_of, read
from cms.api.problems import Fault, invalid
from cms.api.responses import json_response, settled
from cms.publishing import reads
from cms.publishing.hosts import host_of

PARAMETERS = (common.SITE, common.LOCALE)


def navigation(request: HttpRequest) -> HttpResponse:
    return _answer(request, "navigation")


def settings(request: HttpRequest) -> HttpResponse:
    return _answer(request, "settings", "site")


def _answer(request: HttpRequest, part: str, tag: str = "") -> HttpResponse:
    values = read(PARAMETERS, query_of(request))
    site = common.site_of(values, host_of(request))
    tree = reads.tree(site.id, values["locale"]) if "locale" in values else reads.default_tree(site.id)
    if tree is None:
        raise invalid([Fault("locale", f"the site has no tree of pages in {values['locale']}.")])
    body: bytes = getattr(tree, part)
    return json_response(
        request, body, last_modified=settled(site.changed_at), tags=[tag or part], ends=(site.next_live_at,)
    )
