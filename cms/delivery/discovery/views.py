"""What search engines and other robots ask a site for first. Each host has its own."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.api import common
from cms.api.parameters import query_of, read
from cms.api.problems import not_found
from cms.api.responses import json_response, of_nothing
from cms.delivery import answers
from cms.delivery.addresses import origin
from cms.delivery.discovery import llms as llms_txt
from cms.delivery.discovery import sitemap as sitemaps
from cms.publishing import syndication
from cms.publishing.hosts import host_of
from cms.publishing.reads import SiteRow
from cms.website.names import SEARCH_SLUG

ROBOTS_CONTENT_TYPE = "text/plain; charset=utf-8"
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
    return json_response(request, text.encode(), content_type=ROBOTS_CONTENT_TYPE, tags=("site",))


def llms(request: HttpRequest) -> HttpResponse:
    site = _site(request)
    return answers.text(
        request,
        llms_txt.write(site),
        content_type=llms_txt.CONTENT_TYPE,
        tags=("sitemap", "navigation", "site"),
        ends=_ends(site),
    )


def sitemap(request: HttpRequest) -> HttpResponse:
    site = _site(request)
    return _send(request, site, sitemaps.whole(site))


def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    site = _site(request)
    body = sitemaps.part(site, number)
    if body is None:
        raise not_found(f"There is no part {number} of the sitemap.", of_nothing(("sitemap",), site))
    return _send(request, site, body)


def _send(request: HttpRequest, site: SiteRow, body: bytes) -> HttpResponse:
    return answers.text(request, body, content_type=sitemaps.CONTENT_TYPE, tags=("sitemap", "site"), ends=_ends(site))


def _ends(site: SiteRow) -> tuple[datetime | None, ...]:
    """Whatever changes next on the site is somewhere in these."""
    return (site.next_live_at, syndication.next_end(site.id))


def _site(request: HttpRequest) -> SiteRow:
    return common.site_of(read((common.SITE,), query_of(request)), host_of(request))
