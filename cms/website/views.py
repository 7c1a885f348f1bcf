"""Every public page: a path becomes a document, a redirect, or a page that says why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.gzip import gzip_page

from cms.publishing import reads
from cms.website import api, messages
from cms.website.headers import conditional
from cms.website.languages import ui_language
from cms.website.lists import lists_for
from cms.website.rendering import render_document, render_page
from cms.website.search_page import PER_PAGE, asked, search_page

SEARCH_API = "/api/v1/search/"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every page of a tree has around it: the JSON of /site/ and /navigation/, and the tree's locale."""

    locale: str
    site: dict[str, Any]
    navigation: dict[str, Any]


View = Callable[..., HttpResponseBase]


def _reading(view: View) -> View:
    """GET and HEAD only, compressed, and 503 while nothing was ever published."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            return view(request, *args, **kwargs)
        except reads.NotBuilt:
            return messages.not_built(request)

    return gzip_page(answer)


@_reading
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """``path`` in any form: with or without the end slash, any Unicode form; answers under one form only."""
    row = reads.site_for_host(request.get_host())
    found = reads.resolve(row.id, f"/{path}")
    around = _surroundings(row, found.locale if isinstance(found, reads.DocumentRow) else "")
    match found:
        case reads.DocumentRow():
            if found.path != request.path_info:
                return _redirect(request, found.path, permanent=True)
            response = render_document(
                request,
                orjson.loads(found.detail),
                site=around.site,
                navigation=around.navigation,
                locale=around.locale,
                lists=lists_for(request),
                cursor=request.GET.get("cursor"),
            )
            return conditional(request, response)
        case reads.Redirected():
            return _redirect(request, found.location, permanent=found.permanent)
        case reads.Tombstone():
            return messages.gone(request, around.site, around.navigation)
    return messages.not_found(request, around.site, around.navigation)


@_reading
def search(request: HttpRequest) -> HttpResponseBase:
    """Takes the parameters of ``/api/v1/search/``; those that it cannot take are left out, and the page says so."""
    parameters = asked(request.GET)
    around = _surroundings(reads.site_for_host(request.get_host()), parameters.get("locale", ""))
    answer = api.get(request, f"{SEARCH_API}?{parameters.urlencode()}", {"limit": str(PER_PAGE)})
    ignored = answer.faulty
    if answer.status == 400 and ignored:
        parameters = asked(request.GET, without=ignored)
        answer = api.get(request, f"{SEARCH_API}?{parameters.urlencode()}", {"limit": str(PER_PAGE)})
    if not answer.ok:
        return messages.search_down(request, around.site, around.navigation)
    language = around.locale
    with translation.override(ui_language(language)):
        shown = search_page(parameters, answer.body, ignored=ignored)
    response = render_page(
        request,
        ["search/page.html"],
        {"page": shown, "hide_header_search": True},
        language=language,
        site=around.site,
        navigation=around.navigation,
        locale=around.locale,
    )
    return conditional(request, response)


def _surroundings(row: reads.SiteRow, locale: str) -> Surroundings:
    """``locale`` "" or of no tree: the default one."""
    tree = reads.in_locale(row, locale) if locale else None
    site = orjson.loads((tree or row).settings)
    return Surroundings(locale if tree else site["default_locale"], site, orjson.loads((tree or row).navigation))


def _redirect(request: HttpRequest, location: str, *, permanent: bool) -> HttpResponse:
    """Paths are stored as people read them; the query, a tracking code for instance, goes along."""
    target = quote(location, safe="/:?#[]@!$&'()*+,;=~%") if "://" in location else quote(location)
    if (query := request.META.get("QUERY_STRING")) and "?" not in target:
        target = f"{target}?{query}"
    response = HttpResponseRedirect(target, status=301 if permanent else 302)
    response["Cache-Control"] = "no-cache"
    return response
