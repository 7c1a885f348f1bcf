"""The site as public code knows it: its name, menus and settings, as finished JSON."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Page, Site

from cms.content import shapes
from cms.content.blocks import convert
from cms.content.rich_text import render
from cms.content.site_settings import SiteSettings
from cms.publishing.context import PublishedContext
from cms.publishing.models import Change, Document, PublishedSite
from cms.publishing.public import Publicness, SiteRoot

MENU_DEPTH = 2


def publish_site(site_id: int, publicness: Publicness) -> bool:
    """Call inside a transaction. Returns whether anything changed; a site that is gone leaves no row."""
    site = next((each for each in publicness.sites if each.id == site_id), None)
    if site is None:
        return bool(PublishedSite.objects.filter(pk=site_id).delete()[0])
    with translation.override("nb"):
        navigation, about = _navigation_and_settings(site, publicness)
    row = {
        "hostname": site.hostname.lower(),
        "port": site.port,
        "is_default": site.is_default,
        "name": about["name"],
        "navigation": orjson.dumps(navigation),
        "settings": orjson.dumps(about),
    }
    old = PublishedSite.objects.filter(pk=site_id).first()
    if old is not None and all(_plain(getattr(old, name)) == value for name, value in row.items()):
        return False
    PublishedSite.objects.update_or_create(pk=site_id, defaults=row)
    now = timezone.now()
    for kind, name in (("navigation", "navigation"), ("site", "settings")):
        if old is None or _plain(getattr(old, name)) != row[name]:
            Change.objects.create(kind=kind, site_id=site_id, at=now)
    return True


def publish_sites() -> None:
    """Makes the rows of sites that have none yet."""
    known = set(PublishedSite.objects.values_list("pk", flat=True))
    missing = set(Site.objects.values_list("pk", flat=True)) - known
    if missing:
        publicness = Publicness()
        with transaction.atomic():
            for site_id in sorted(missing):
                publish_site(site_id, publicness)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, bytes | memoryview) else value


def _navigation_and_settings(site: SiteRoot, publicness: Publicness) -> tuple[shapes.Navigation, shapes.Site]:
    own = SiteSettings.objects.filter(site_id=site.id).first() or SiteSettings(site_id=site.id)
    root = Page.objects.get(pk=site.root_page_id)
    context = PublishedContext(root, site, publicness, "nb")
    navigation: shapes.Navigation = {
        "main": _menu(context, root),
        "footer": [{**link, "children": []} for link in _links(own.footer_menu, context)],  # type: ignore[typeddict-item]
    }
    locales = sorted(
        Document.objects.filter(site_id=site.id, removed_at=None).order_by().values_list("locale", flat=True).distinct()
    )
    default_locale = django_settings.LANGUAGE_CODE
    about: shapes.Site = {
        "name": own.name or site.name or root.title,
        "locales": locales or [default_locale],
        "default_locale": default_locale,
        "contact": {
            "name": own.contact_name,
            "address": own.contact_address,
            "email": own.contact_email,
            "phone": own.contact_phone,
            "organisation_number": own.organisation_number,
        },
        "social": _links(own.social, context),
        "footer": render(own.footer, context),
        "accessibility_statement": _page(own.accessibility_statement_id, context),
        "privacy": _page(own.privacy_id, context),
    }
    return navigation, about


def _links(stream: Sequence[object], context: PublishedContext) -> list[shapes.Link]:
    rendered = (convert.render(child.block, child.value, context) for child in stream or [])  # type: ignore[attr-defined]
    return [link for link in rendered if link is not None]


def _page(page_id: int | None, context: PublishedContext) -> shapes.Link | None:
    return context.page_link(page_id) if page_id else None


def _menu(context: PublishedContext, root: Page) -> list[shapes.NavigationItem]:
    """Live pages below the root that ask to be in menus, in tree order, two levels deep."""
    rows = list(
        Page.objects.descendant_of(root)
        .filter(show_in_menus=True, depth__lte=root.depth + MENU_DEPTH)
        .order_by("path")
        .values_list("pk", "path", "depth")
    )
    found = context.documents([page_id for page_id, _, _ in rows])
    top: list[shapes.NavigationItem] = []
    by_path: dict[str, shapes.NavigationItem] = {}
    for page_id, path, depth in rows:
        if page_id not in found:
            continue
        link = context.page_link(page_id)
        assert link is not None
        item: shapes.NavigationItem = {**link, "children": []}
        if depth == root.depth + 1:
            top.append(item)
            by_path[path] = item
        elif parent := by_path.get(path[: -Page.steplen]):
            parent["children"].append(item)
    return top
