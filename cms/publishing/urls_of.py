"""URLs as they stand in documents."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.utils.encoding import iri_to_uri

from cms.publishing.public import SiteRoot

API = "/api/v1/"
MEDIA = "/media/"


def page_url(site: SiteRoot, path: str) -> str:
    """``url``: root-relative while PUBLIC_URL is unset."""
    return site.url_prefix + iri_to_uri(path)


def absolute_url(site: SiteRoot, path: str) -> str:
    return site.origin + iri_to_uri(path)


def api_url(document_id: int) -> str:
    return f"{settings.API_URL}{API}content/{document_id}/"


def media_url(path: str) -> str:
    """URL of a file in the media storage."""
    return f"{settings.MEDIA_BASE_URL}{MEDIA}{quote(path)}"
