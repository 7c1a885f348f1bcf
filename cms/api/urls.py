"""Below ``/api/v1/``. Nothing here takes everything: what is not found goes on to the patterns behind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, path, register_converter, resolve
from django.urls.converters import IntConverter

from cms.api.endpoint import endpoint
from cms.api.endpoints import own
from cms.api.problems import not_found
from cms.api.views import schema

app_name = "api"


class Whole(IntConverter):
    """A number as we write it: ``03`` would be another address for ``3``, cached and purged apart."""

    regex = "0|[1-9][0-9]*"


register_converter(Whole, "whole")


def unknown(request: HttpRequest) -> HttpResponseBase:
    """404, or the way to the same address with its slash."""
    if not request.path.endswith("/"):
        try:
            found = resolve(f"{request.path_info}/").url_name
        except Resolver404:
            found = None
        if found not in (None, "unknown"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
    raise not_found(f"There is nothing at {request.path}.")


OFTEN = ("document", "resolve")
"""Most requests are for these: they do not go through the other addresses first."""

_below = [each for each in own() if not each.route.startswith("/")]
often = [path(f"api/v1/{each.route}", each.serve(), name=each.name) for each in _below if each.name in OFTEN]
urlpatterns = [
    *(path(each.route, each.serve(), name=each.name) for each in _below if each.name not in OFTEN),
    path("docs/", endpoint(schema.docs), name="docs"),
    path("docs/problems/", endpoint(schema.problems), name="problems"),
    path("docs/problems/<slug:name>/", endpoint(schema.problem), name="problem"),
]
