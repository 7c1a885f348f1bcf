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


def api_url(site: SiteRoot, path: str, *, elsewhere: bool = False) -> str:
    """``content/12/`` → ``/api/v1/content/12/``, to be asked of the site's own host or of the default site's.

    Another site than the default one is named in it, ``?site=www.example.org``, so that it is found on both;
    ``elsewhere``, in what a third site shows, the default one is named too.
    """
    url = f"{settings.API_URL}{API}{path}"
    if not site.named or (site.is_default and not elsewhere):
        return url
    return f"{url}{'&' if '?' in path else '?'}site={site.hostname}"


def media_url(path: str) -> str:
    """URL of a file in the media storage."""
    return f"{settings.MEDIA_BASE_URL}{MEDIA}{quote(path)}"
