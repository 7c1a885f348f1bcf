"""The one place that decides what is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.plugins import registry


@dataclass(frozen=True, slots=True)
class SiteRoot:
    """A site and where its tree begins."""

    id: int
    hostname: str
    port: int
    is_default: bool
    name: str
    root_page_id: int
    root_path: str
    url_path: str

    @property
    def origin(self) -> str:
        """``https://example.org``: what absolute URLs begin with."""
        if self.is_default and settings.PUBLIC_URL:
            return settings.PUBLIC_URL
        scheme = "https" if self.port == 443 else "http"
        port = "" if self.port in (80, 443) else f":{self.port}"
        return f"{scheme}://{self.hostname}{port}"

    @property
    def url_prefix(self) -> str:
        """What ``url`` puts before the path: nothing while PUBLIC_URL is unset."""
        return self.origin if settings.PUBLIC_URL else ""


class Publicness:
    """What holds for every page at one moment: sites and view restrictions, read once for a batch of builds."""

    def __init__(self) -> None:
        self.sites = [
            SiteRoot(
                site.pk,
                site.hostname,
                site.port,
                site.is_default_site,
                site.site_name,
                site.root_page_id,
                site.root_page.path,
                site.root_page.url_path,
            )
            for site in Site.objects.select_related("root_page").order_by("pk")
        ]
        self._restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        self._restricted_collections = tuple(
            CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        )

    def site_of(self, page: Page) -> SiteRoot | None:
        """The site whose tree the page is in; the innermost one."""
        holding = [site for site in self.sites if page.path.startswith(site.root_path)]
        return max(holding, key=lambda site: (len(site.root_path), site.is_default, -site.id), default=None)

    def is_public(self, page: Page) -> bool:
        """Live, of a registered type, in a site, and open to everybody with all pages above it."""
        return (
            page.live
            and registry.by_model(type(page)) is not None
            and self.site_of(page) is not None
            and not page.path.startswith(self._restricted)
        )

    def is_open(self, media: Any) -> bool:
        """True for an image or file outside private collections (and those below them)."""
        return not media.collection.path.startswith(self._restricted_collections)


def path_of(page: Page, site: SiteRoot) -> str:
    """The page's path within its site: ``/nyheter/``."""
    return "/" + page.url_path[len(site.url_path) :]
