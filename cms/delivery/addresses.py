"""Absolute URLs: what leaves the website, a feed for instance, is read somewhere else."""

from __future__ import annotations

import re

from django.utils.encoding import iri_to_uri

from cms.publishing.public import origin_of
from cms.publishing.reads import SiteRow

_ROOT_RELATIVE = re.compile(r'(<(?:a href|img src)=")/(?!/)')


def origin(site: SiteRow) -> str:
    """``https://www.example.org``."""
    return origin_of(site.hostname, site.port, site.is_default)


def absolute(site: SiteRow, url: str) -> str:
    """A path or URL of a document as a URL."""
    return f"{origin(site)}{iri_to_uri(url)}" if url.startswith("/") else str(iri_to_uri(url))


def absolute_html(site: SiteRow, html: str) -> str:
    """HTML of ours (rich text or templates, where ``<`` is always a tag) with the addresses in it absolute."""
    return _ROOT_RELATIVE.sub(rf"\1{origin(site)}/", html)
