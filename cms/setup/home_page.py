"""An empty site gets a live home page of our own type."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

DEFAULT_MODEL = "home.HomePage"
"""By name, so that core imports no content type."""


def ensure_port(port: int) -> bool:
    """A site on this machine says its port in absolute URLs; True when it said another. Real hosts are left alone."""
    site = Site.objects.filter(is_default_site=True, hostname="localhost").exclude(port=port).first()
    if site is None or settings.PUBLIC_URL:
        return False
    site.port = port
    site.save()
    return True


@transaction.atomic
def ensure_home_page() -> Page | None:
    """Put our home page where Wagtail's welcome page stands, when that is the only page there is."""
    pages = Page.objects.filter(depth__gt=1)
    if pages.exclude(depth=2, content_type__model="page").exists():
        return None
    root = Page.get_first_root_node()
    pages.delete()  # takes the welcome page's site along
    root.refresh_from_db()
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    title = settings.WAGTAIL_SITE_NAME
    model = apps.get_model(getattr(settings, "HOME_PAGE_MODEL", DEFAULT_MODEL))
    home = root.add_child(instance=model(title=title, slug="home", locale=locale))
    home.save_revision().publish()
    Site.objects.create(hostname="localhost", port=80, site_name=title, root_page=home, is_default_site=True)
    return home
