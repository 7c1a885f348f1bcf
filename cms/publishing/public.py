"""The one place that decides what is public."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.content.site_settings import SiteSettings
from cms.plugins import registry


@dataclass(frozen=True, slots=True)
class SiteRoot:
    """A site and where its tree begins.

    name    what it calls itself in its settings, else its name in Wagtail
    prefix  "" but in trees of other locales: ``/en``
    named   False where another site has the same host name, so that ``site`` cannot tell them apart
    """

    id: int
    hostname: str
    port: int
    is_default: bool
    name: str
    root_page_id: int
    root_path: str
    url_path: str
    prefix: str = ""
    named: bool = True

    @property
    def origin(self) -> str:
        """``https://example.org``: what absolute URLs begin with."""
        return origin_of(self.hostname, self.port, self.is_default)

    @property
    def url_prefix(self) -> str:
        """What ``url`` puts before the path: nothing while PUBLIC_URL is unset."""
        return self.origin if settings.PUBLIC_URL else ""


class Publicness:
    """What holds for every page at one moment: sites and view restrictions, read once for a batch of builds."""

    def __init__(self) -> None:
        sites = list(Site.objects.select_related("root_page__locale").order_by("pk"))
        names = dict(SiteSettings.objects.values_list("site_id", "name"))
        hosts = Counter(site.hostname for site in sites)
        named = {site.pk: hosts[site.hostname] == 1 for site in sites}
        self.sites = [_root(site, site.root_page, names, named) for site in sites]
        if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            self.sites += [_root(site, page, names, named) for site in sites for page in _translations(site.root_page)]
        self._restricted = _restricted_pages()
        self._restricted_collections = tuple(
            CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        )

    @property
    def site_ids(self) -> list[int]:
        return list(dict.fromkeys(site.id for site in self.sites))

    def site_of(self, page: Page) -> SiteRoot | None:
        """The site whose tree the page is in; the innermost one.

        A tree that is the root of a site of its own, as where each language has a domain, is that site's.
        """
        holding = [site for site in self.sites if page.path.startswith(site.root_path)]
        return max(
            holding,
            key=lambda site: (len(site.root_path), not site.prefix, site.is_default, -site.id),
            default=None,
        )

    def is_public(self, page: Page) -> bool:
        """``page`` is of its own class: live, of a registered type, and reachable."""
        return page.live and registry.by_model(type(page)) is not None and self.is_reachable(page)

    def is_reachable(self, page: Page) -> bool:
        """In a site, and open to everybody with all pages above it."""
        return self.site_of(page) is not None and not page.path.startswith(self._restricted)

    def is_open(self, media: Any) -> bool:
        """True for an image or file outside private collections (and those below them)."""
        return not media.collection.path.startswith(self._restricted_collections)

    def still_holds(self) -> bool:
        """False when pages have been closed or opened since; a page built with it must then not be written."""
        return self._restricted == _restricted_pages()


def _restricted_pages() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.order_by("page__path").values_list("page__path", flat=True))


def _root(site: Site, page: Page, names: dict[int, str], named: dict[int, bool]) -> SiteRoot:
    return SiteRoot(
        id=site.pk,
        hostname=site.hostname,
        port=site.port,
        is_default=site.is_default_site,
        name=names.get(site.pk) or site.site_name,
        root_page_id=page.pk,
        root_path=page.path,
        url_path=page.url_path,
        prefix="" if page.pk == site.root_page_id else f"/{page.locale.language_code}",
        named=named[site.pk],
    )


def _translations(root: Page) -> list[Page]:
    """The roots of a site's trees in other locales, which stand beside its root page."""
    others = Page.objects.filter(translation_key=root.translation_key).exclude(pk=root.pk)
    return list(others.select_related("locale").order_by("pk"))


def origin_of(hostname: str, port: int, is_default: bool) -> str:
    """What absolute URLs of a site begin with: PUBLIC_URL is the default site's."""
    if is_default and settings.PUBLIC_URL:
        return settings.PUBLIC_URL
    scheme = "https" if port == 443 else "http"
    return f"{scheme}://{hostname}" + ("" if port in (80, 443) else f":{port}")


def path_of(page: Page, site: SiteRoot) -> str:
    """The page's path within its site: ``/nyheter/``."""
    return f"{site.prefix}/{page.url_path[len(site.url_path) :]}"
