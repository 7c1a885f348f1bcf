"""Every public page: a path becomes a document, a redirect, or a page that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import quote

import orjson
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.utils import timezone, translation

from cms.content import times
from cms.publishing import cache_tags, reads, served
from cms.publishing.hosts import host_of
from cms.publishing.paths import normal_path
from cms.publishing.public import origin_of
from cms.publishing.served import Form, Redirected, Served, Tombstone
from cms.website import api, messages
from cms.website.headers import conditional, of_nothing
from cms.website.languages import ui_language
from cms.website.lists import lists_for
from cms.website.rendering import render_document, render_page
from cms.website.search_page import PER_PAGE, SearchPage, asked, search_page

SEARCH_API = "/api/v1/search/"
CLICKS_API = f"{SEARCH_API}clicks/"
AROUND = ("navigation", "site")
"""Cache tags of what every page has around it."""
INSTANT = re.compile(rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)"')


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every page of a tree has around it: the JSON of /site/ and /navigation/, and the tree's locale."""

    locale: str
    site: dict[str, Any]
    navigation: dict[str, Any]


View = Callable[..., HttpResponseBase]


def _reading(view: View) -> View:
    """GET and HEAD only, and 503 while nothing was ever published."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            return view(request, *args, **kwargs)
        except reads.NotBuilt:
            return messages.not_built(request)

    return answer


@_reading
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """``path`` in any form: with or without the end slash, any Unicode form; answers under one form only."""
    wanted = normal_path(path)
    row, found = served.by_path(host_of(request), wanted, Form())
    tags = cache_tags.of_resolved(row.id, wanted, *served.tags_of(found))
    if isinstance(found, Served):
        return _document(request, row, found, tags)
    if isinstance(found, Redirected):
        return of_nothing(_redirect(request, found.location, permanent=found.permanent), tags, row.next_live_at)
    around = _surroundings(row, "")
    say = messages.gone if isinstance(found, Tombstone) else messages.not_found
    return of_nothing(say(request, around.site, around.navigation), (*tags, *AROUND), row.next_live_at)


def _document(request: HttpRequest, row: reads.SiteRow, found: Served, tags: tuple[str, ...]) -> HttpResponseBase:
    assert found.body is not None
    document = orjson.loads(found.body)["document"]
    if document["path"] != request.path_info:
        return of_nothing(_redirect(request, document["path"], permanent=True), tags, row.next_live_at)
    around = _surroundings(row, document["locale"])
    asked_for: list[api.Answer] = []
    response = render_document(
        request,
        document,
        site=around.site,
        navigation=around.navigation,
        locale=around.locale,
        origin=origin_of(row.hostname, row.port, row.is_default),
        lists=lists_for(request, asked_for),
        cursor=request.GET.get("cursor"),
    )
    embedded = found.embeds.split(",") if found.embeds else ()
    return conditional(
        request,
        response,
        tags=(*tags, *AROUND, *(tag for each in asked_for for tag in each.tags), *embedded),
        ends=(
            found.fresh_until,
            row.next_live_at,
            *_by_the_clock(row.id, found.body),
            *(each.until for each in asked_for),
        ),
    )


def _by_the_clock(site_id: int, shown: bytes) -> list[datetime | None]:
    """When next something may look another way: an event begins or ends, a deadline passes, a day is over."""
    now = timezone.now()
    moments = (datetime.fromisoformat(each.decode()) for each in set(INSTANT.findall(shown)))
    tomorrow = times.midnight(now.astimezone(times.OSLO).date() + timedelta(days=1))
    return [tomorrow, reads.next_boundary(site_id), min((each for each in moments if each > now), default=None)]


@_reading
def search(request: HttpRequest) -> HttpResponseBase:
    """Takes the parameters of ``/api/v1/search/``; those that it cannot take are left out, and the page says so."""
    parameters = asked(request.GET)
    row = reads.site_for_host(host_of(request))
    around = _surroundings(row, parameters.get("locale", ""))
    answer = api.get(request, f"{SEARCH_API}?{parameters.urlencode()}", {"limit": str(PER_PAGE)})
    ignored: frozenset[str] = frozenset()
    while answer.faulty - ignored:  # faults between parameters show only where each is right by itself
        ignored |= answer.faulty
        parameters = asked(request.GET, without=ignored)
        if "q" in ignored:
            break
        answer = api.get(request, f"{SEARCH_API}?{parameters.urlencode()}", {"limit": str(PER_PAGE)})
    refused = "q" in ignored
    if not answer.ok and not refused:
        return messages.search_down(request, around.site, around.navigation)
    language = around.locale
    with translation.override(ui_language(language)):
        shown = search_page(parameters, {} if refused else answer.body, ignored=ignored, typed=request.GET.get("q", ""))
    response = render_page(
        request,
        ["search/page.html"],
        {"page": shown, "hide_header_search": True, "clicks": _clicks(shown, parameters)},
        language=language,
        site=around.site,
        navigation=around.navigation,
        locale=around.locale,
        status=400 if refused else 200,
    )
    if refused:
        return of_nothing(response, AROUND, row.next_live_at)
    tomorrow = times.midnight(timezone.now().astimezone(times.OSLO).date() + timedelta(days=1))
    ends = (row.next_live_at, tomorrow, reads.next_boundary(row.id), answer.until)
    return conditional(request, response, tags=("search", *AROUND), ends=ends)


def _clicks(shown: SearchPage, parameters: QueryDict) -> dict[str, Any] | None:
    """Where the page tells which result was opened, and the place of its first one among all results."""
    if not settings.SEARCH_LOG or not shown.query:
        return None
    return {"url": CLICKS_API, "first": int(parameters.get("offset") or 0) + 1}


def _surroundings(row: reads.SiteRow, locale: str) -> Surroundings:
    """``locale`` "" or of no tree: the default one."""
    tree = reads.tree(row.id, locale) if locale else None
    shown = tree or reads.default_tree(row.id)
    site = orjson.loads(shown.settings)
    return Surroundings(locale if tree else site["default_locale"], site, orjson.loads(shown.navigation))


def _redirect(request: HttpRequest, location: str, *, permanent: bool) -> HttpResponse:
    """Paths are stored as people read them; the query, a tracking code for instance, goes along."""
    target = quote(location, safe="/:?#[]@!$&'()*+,;=~%") if "://" in location else quote(location)
    if (query := request.META.get("QUERY_STRING")) and "?" not in target:
        target = f"{target}?{query}"
    return HttpResponseRedirect(target, status=301 if permanent else 302)
