"""Menus and what the site says of itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cms.api import common
from cms.api.parameters import read
from cms.api.responses import json_response

PARAMETERS = (common.SITE,)


def navigation(request: HttpRequest) -> HttpResponse:
    site = common.site_of(read(PARAMETERS, request.GET), request.get_host())
    return json_response(request, site.navigation, tags=["navigation"])


def settings(request: HttpRequest) -> HttpResponse:
    site = common.site_of(read(PARAMETERS, request.GET), request.get_host())
    return json_response(request, site.settings, tags=["site"])
