"""What search engines and other robots ask a site for first. Each host has its own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.api import common
from cms.api.parameters import read
from cms.api.problems import not_found
from cms.api.responses import json_response
from cms.delivery import answers
from cms.delivery.addresses import origin
from cms.delivery.discovery import llms as llms_txt
from cms.delivery.discovery import sitemap as sitemaps
from cms.publishing.reads import SiteRow
from cms.website.names import SEARCH_SLUG

CLOSED = "User-agent: *\nDisallow: /\n"
OPEN = f"""User-agent: *
Disallow: /admin/
Disallow: /preview/
Disallow: /api/v1/preview/
Disallow: /{SEARCH_SLUG}/

Sitemap: {{origin}}/sitemap.xml
"""


def robots(request: HttpRequest) -> HttpResponse:
    site = _site(request)
    text = CLOSED if settings.SITE_NOINDEX else OPEN.format(origin=origin(site))
    return json_response(request, text.encode(), content_type="text/plain; charset=utf-8", tags=("site",))


def llms(request: HttpRequest) -> HttpResponse:
    body = llms_txt.write(_site(request))
    return answers.text(request, body, content_type=llms_txt.CONTENT_TYPE, tags=("sitemap", "navigation", "site"))


def sitemap(request: HttpRequest) -> HttpResponse:
    return _send(request, sitemaps.whole(_site(request)))


def sitemap_part(request: HttpRequest, number: str) -> HttpResponse:
    site = _site(request)
    body = sitemaps.part(site, int(number))
    if body is None:
        raise not_found(f"There is no part {number} of the sitemap.")
    return _send(request, body)


def _send(request: HttpRequest, body: bytes) -> HttpResponse:
    return answers.text(request, body, content_type=sitemaps.CONTENT_TYPE, tags=("sitemap", "site"))


def _site(request: HttpRequest) -> SiteRow:
    return common.site_of(read((common.SITE,), request.GET), request.get_host())
