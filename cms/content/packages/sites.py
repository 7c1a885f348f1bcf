"""The site that a package is imported into or exported from."""

from __future__ import annotations

from wagtail.models import Site

from cms.content.packages.faults import Fault, PackageError

SITE_HELP = "host name of the site; without it, the default site"


def chosen_site(hostname: str) -> Site:
    """Raises PackageError when there is no such site."""
    sites = Site.objects.select_related("root_page__locale").order_by("pk")
    site = sites.filter(hostname=hostname).first() if hostname else sites.filter(is_default_site=True).first()
    if site is None:
        message = (
            f"there is no site {hostname!r}" if hostname else "there is no site yet: run `manage.py prepare` first"
        )
        raise PackageError([Fault("", message)])
    return site
