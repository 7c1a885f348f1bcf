"""Every address of the API, declared once: from here come the URL patterns, the links of the root and the OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from cms.api import common
from cms.api.deprecation import Deprecation, announcing
from cms.api.endpoint import READING, View, endpoint
from cms.api.lists import list_parameters
from cms.api.openapi.documents import type_name
from cms.api.parameters import Parameter
from cms.api.searching import search_parameters
from cms.api.views import changes, clicks, documents, health, lists, root, schema, search, site
from cms.plugins import registry
from cms.plugins.registry import ContentType


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address.

    name       of the URL pattern; the same, with underscores, is the operationId
    route      below ``/api/v1/``; outside it where it begins with a slash
    answers    names of the schemas that the answer has; several: one of them
    headers    names of headers besides those that every answer has
    shapes     of those schemas that no other address has
    cached     whether answers have an ETag and may be kept
    problems   names of problems besides those that every address may answer
    deprecated when it will leave, where that is announced
    body       JSON Schema of what is sent; such an address takes POST and answers 204
    """

    name: str
    route: str
    view: View
    tag: str
    summary: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    answers: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ("application/json",)
    headers: tuple[str, ...] = ()
    shapes: tuple[Any, ...] = ()
    cached: bool = True
    problems: tuple[str, ...] = ()
    path_parameters: tuple[dict[str, Any], ...] = field(default=())
    deprecated: Deprecation | None = None
    body: Mapping[str, Any] | None = None

    @property
    def methods(self) -> tuple[str, ...]:
        return ("POST",) if self.body else READING

    def serve(self) -> View:
        """The view as it answers requests."""
        return endpoint(announcing(self.view, self.deprecated, self.parameters), self.methods)

    @property
    def path(self) -> str:
        """As OpenAPI writes it: ``/api/v1/content/{id}/``."""
        route = re.sub(r"<\w+:(\w+)>", r"{\1}", self.route)
        return route if route.startswith("/") else f"/api/v1/{route}"


OF_LISTS = ("Last-Modified", "Link")
WHOLE = {"type": "integer", "minimum": 0}


def in_path(name: str, description: str, schema: Mapping[str, Any], example: Any = None) -> dict[str, Any]:
    """A path parameter as OpenAPI has it."""
    parameter = {"name": name, "in": "path", "required": True, "description": description, "schema": dict(schema)}
    return parameter if example is None else {**parameter, "example": example}


more: list[Callable[[], Iterable[Endpoint]]] = []
"""Of packages that build on this one, added in ``AppConfig.ready``; they have URL patterns of their own."""


@cache
def endpoints() -> tuple[Endpoint, ...]:
    return (*own(), *(each for added in more for each in added()))


@cache
def own() -> tuple[Endpoint, ...]:
    """Those that this package answers itself."""
    return (
        Endpoint(
            name="root",
            route="",
            view=root.root,
            tag="About",
            summary="Where everything is",
            answers=("Root",),
        ),
        Endpoint(
            name="content",
            route="content/",
            view=partial(lists.documents, types=common.all_types(), ids=True),
            tag="Documents",
            summary="Documents of all types",
            description="Filters work where a selected type declares them.",
            parameters=list_parameters(common.all_types(), ids=True),
            answers=("ContentList",),
            headers=OF_LISTS,
        ),
        Endpoint(
            name="document",
            route="content/<whole:id>/",
            view=documents.detail,
            tag="Documents",
            summary="One document by id",
            description="With `fields`, only those keys of it.",
            parameters=documents.detail_parameters(),
            answers=("DocumentAnswer",),
            headers=("Last-Modified",),
            problems=("not-found", "gone"),
            path_parameters=(in_path("id", "The page's id.", WHOLE, 12),),
        ),
        *(_typed_list(each) for each in registry.content_types().values()),
        Endpoint(
            name="resolve",
            route="resolve/",
            view=documents.resolve,
            tag="Documents",
            summary="What a path of the website answers",
            description="A document, a redirect (one hop), or a problem: 404 where nothing ever was, 410 where a page "
            "was removed.",
            parameters=documents.RESOLVE,
            answers=("ResolvedPage", "ResolvedRedirect"),
            headers=("Last-Modified",),
            problems=("not-found", "gone"),
        ),
        Endpoint(
            name="search",
            route="search/",
            view=search.search,
            tag="Search",
            summary="Search, with facets and highlights",
            description="An empty `q` lists everything that passes the filters, with total and facets.",
            parameters=search_parameters(),
            answers=("SearchResult",),
            problems=("search-unavailable",),
        ),
        Endpoint(
            name="suggest",
            route="search/suggest/",
            view=search.suggest,
            tag="Search",
            summary="Pages and words that continue a text",
            parameters=search.SUGGEST,
            answers=("SuggestResult",),
            problems=("search-unavailable",),
        ),
        Endpoint(
            name="search-clicks",
            route="search/clicks/",
            view=clicks.clicks,
            tag="Search",
            summary="Tell which result was opened",
            description="Counted without anybody's identity, for those who tend the search: texts that look like a "
            "person's number or address are not kept. Send it with `navigator.sendBeacon`; nothing depends on it. "
            "`text/plain` is taken as well.",
            parameters=clicks.PARAMETERS,
            body=clicks.BODY,
            cached=False,
        ),
        Endpoint(
            name="changes",
            route="changes/",
            view=changes.changes,
            tag="Mirrors",
            summary="The change feed",
            description="Without `after`: one entry per live document and redirect, then the log. Follow `next` until "
            "it is null, keep `cursor`, and ask again with it as `after`. Apply entries in order; the same page may "
            "come more than once. An entry says that something changed: fetch its `api_url` for the present state.",
            parameters=changes.PARAMETERS,
            answers=("ChangeFeed",),
            headers=("Link",),
            problems=("cursor-expired",),
        ),
        Endpoint(
            name="navigation",
            route="navigation/",
            view=site.navigation,
            tag="Site",
            summary="Menus",
            parameters=site.PARAMETERS,
            answers=("Navigation",),
            headers=("Last-Modified",),
        ),
        Endpoint(
            name="site",
            route="site/",
            view=site.settings,
            tag="Site",
            summary="Name, contact, footer and statements of the site",
            parameters=site.PARAMETERS,
            answers=("Site",),
            headers=("Last-Modified",),
        ),
        Endpoint(
            name="schema",
            route="schema/",
            view=schema.schema,
            tag="About",
            summary="This description",
            parameters=schema.PARAMETERS,
            answers=("OpenApi",),
            media_types=("application/yaml", "application/json"),
        ),
        Endpoint(
            name="healthz",
            route="/healthz/",
            view=health.alive,
            tag="Operation",
            summary="Whether the process is alive",
            answers=("Health",),
            cached=False,
        ),
        Endpoint(
            name="readyz",
            route="/readyz/",
            view=health.ready,
            tag="Operation",
            summary="Whether documents and search can answer",
            answers=("Readiness",),
            cached=False,
        ),
    )


def _typed_list(content_type: ContentType) -> Endpoint:
    types = (content_type.name,)
    name = type_name(content_type)
    plural = content_type.spec.plural
    return Endpoint(
        name=plural,
        route=f"{plural}/",
        view=partial(lists.documents, types=types),
        tag="Documents",
        summary=f"Documents of the type {content_type.name}",
        parameters=list_parameters(types),
        answers=(f"{name}List",),
        headers=OF_LISTS,
    )


def linked() -> dict[str, str]:
    """Name → path of every address that can be asked without further knowledge, as the root lists them."""
    return {
        each.name: each.route
        for each in endpoints()
        if each.route and "<" not in each.route and each.route[0] != "/" and not each.body
    }
