"""Wagtail's frontend-cache backends, which purge by URL: what changed is forgotten where its exact URL was cached."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote, urljoin, urlsplit

from django.utils.encoding import iri_to_uri
from wagtail.contrib.frontend_cache.utils import get_backends

from cms.api.links import api_url, of_site
from cms.delivery.addresses import origin
from cms.delivery.calendars import types as calendars
from cms.delivery.discovery import sitemap
from cms.delivery.purging.targets import PurgeFailed
from cms.plugins import registry
from cms.publishing import cache_tags, reads
from cms.publishing.reads import ChangeRow


def of_changes(changes: Iterable[ChangeRow]) -> list[str]:
    """URLs of the API and of the page, and of lists without parameters that it may belong to."""
    sites = {site.id: site for site in reads.sites()}
    origins = {site.id: origin(site) for site in sites.values()}
    default = next((site for site in sites.values() if site.is_default), None)
    plurals = {name: each.spec.plural for name, each in registry.content_types().items()}
    found: dict[str, None] = {}
    for row in changes:
        if begins := origins.get(row.site_id):
            for path in _paths(row, plurals):
                found[urljoin(begins, path)] = None
            site = sites[row.site_id]
            if row.id and not site.is_default:  # as its ``api_url`` has it, on its own host and on the default one
                for host in (begins, *([origins[default.id]] if default else [])):
                    found[urljoin(host, of_site(api_url(f"content/{row.id}/"), site.hostname))] = None
    return list(found)


def _paths(row: ChangeRow, plurals: dict[str, str]) -> Iterator[str]:
    if row.id is None:
        if row.path:
            yield from _of_path(row.path)
        else:
            yield api_url(f"{row.kind}/")
        return
    yield api_url(f"content/{row.id}/")
    yield from (each for path in (row.path, row.previous_path) if path for each in _of_path(path))
    yield api_url("content/")
    if plural := plurals.get(row.type):
        yield api_url(f"{plural}/")
        yield from (f"/feeds/{plural}.{form}" for form in ("atom", "json"))
    yield from ("/feeds/all.atom", "/feeds/all.json", "/sitemap.xml", sitemap.part_path(row.id), "/llms.txt")
    yield from calendars.paths_of(row.type, row.id)
    # pages above it show it on the website
    yield from (iri_to_uri(above) for path in (row.path, row.previous_path) for above in cache_tags.ancestors(path))


def _of_path(path: str) -> Iterator[str]:
    yield iri_to_uri(path)
    for written in dict.fromkeys((quote(path), quote(path, safe=""), path)):
        yield api_url(f"resolve/?path={written}")


class WagtailBackends:
    """WAGTAILFRONTENDCACHE."""

    name = "purge urls"
    batch = 500
    searches = indexed = ()
    """They cannot be counted up."""

    def keys(self, changes: Iterable[ChangeRow]) -> list[str]:
        return of_changes(changes)

    def purge(self, keys: Sequence[str]) -> None:
        """Raises PurgeFailed where a backend could not: it only logs that."""
        with _errors() as errors:
            for backend in get_backends().values():
                backend.purge_batch([url for url in keys if backend.invalidates_hostname(urlsplit(url).hostname)])
        if errors:
            raise PurgeFailed(errors[0])

    def purge_all(self) -> None:
        """They can only forget what is named: all that the log has."""
        rows = reads.log(0, self.batch)
        while rows:
            self.purge(of_changes(rows))
            rows = reads.log(rows[-1].cursor, self.batch)


@contextmanager
def _errors() -> Iterator[list[str]]:
    """What Wagtail's backends say in this thread that went wrong; a page that was not cached is no error."""
    found: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if record.thread == threading.get_ident() and "HTTPError: 404" not in message:
                found.append(message)

    handler = Listening(level=logging.ERROR)
    logger = logging.getLogger("wagtail.frontendcache")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
