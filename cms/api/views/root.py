"""Where everything is."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.api.links import api_url
from cms.api.parameters import query_of, read
from cms.api.responses import json_response
from cms.plugins import registry

BESIDES = {
    "feed": "/feeds/all.atom",
    "json_feed": "/feeds/all.json",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "llms": "/llms.txt",
}
"""What else is made from documents: addresses outside the API, as packages above this one have them."""


def root(request: HttpRequest) -> HttpResponse:
    from cms.api.endpoints import linked  # the declarations name this view

    read((), query_of(request))
    links = {name: api_url(route) for name, route in linked().items()} | {"docs": api_url("docs/")}
    links |= {name: f"{settings.API_URL}{path}" for name, path in BESIDES.items()}
    types = [
        {
            "type": each.name,
            "plural": each.spec.plural,
            "url": api_url(f"{each.spec.plural}/"),
            "plugin": each.plugin.name,
        }
        for each in registry.content_types().values()
    ]
    return json_response(request, orjson.dumps({"links": links, "types": types}), tags=["root"])
