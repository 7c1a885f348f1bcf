"""The site as public code knows it: its name, menus and settings, as finished JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from cms.content import shapes
from cms.content.blocks import convert
from cms.content.rich_text import render
from cms.content.site_settings import SiteSettings
from cms.publishing import change_log
from cms.publishing.context import PublishedContext
from cms.publishing.models import Document, PublishedSite
from cms.publishing.public import Publicness, SiteRoot
from cms.publishing.store import plain

MENU_DEPTH = 2


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site's row as it should be; ``row`` None: there is no such site any more."""

    id: int
    row: dict[str, Any] | None


def build_site(site_id: int, publicness: Publicness) -> BuiltSite:
    site = next((each for each in publicness.sites if each.id == site_id), None)
    if site is None:
        return BuiltSite(site_id, None)
    root = Page.objects.get(pk=site.root_page_id)
    context = PublishedContext(root, site, publicness, "nb")
    with translation.override("nb"):
        navigation, about = _navigation_and_settings(site, root, context)
    return BuiltSite(
        site_id,
        {
            "hostname": site.hostname.lower(),
            "port": site.port,
            "is_default": site.is_default,
            "name": about["name"],
            "navigation": orjson.dumps(navigation),
            "settings": orjson.dumps(about),
            "shows": "\n".join(sorted(context.dependencies)),
        },
    )


def is_stored(built: BuiltSite) -> bool:
    old = PublishedSite.objects.filter(pk=built.id).first()
    if old is None or built.row is None:
        return old is None and built.row is None
    return all(plain(getattr(old, name)) == value for name, value in built.row.items())


def write_site(built: BuiltSite) -> None:
    """Call inside a transaction. A site that is gone leaves no row."""
    if is_stored(built):
        return
    if built.row is None:
        PublishedSite.objects.filter(pk=built.id).delete()
        return
    old = PublishedSite.objects.filter(pk=built.id).first()
    PublishedSite.objects.update_or_create(pk=built.id, defaults=built.row)
    for kind, names in (("navigation", ("navigation",)), ("site", ("settings", "hostname", "port", "is_default"))):
        if old is None or any(plain(getattr(old, name)) != built.row[name] for name in names):
            change_log.of_site(kind, built.id)


def publish_sites() -> None:
    """Brings the rows of all sites to their present state."""
    publicness = Publicness()
    known = PublishedSite.objects.values_list("pk", flat=True)
    built = [build_site(site_id, publicness) for site_id in sorted({*known, *publicness.site_ids})]
    with transaction.atomic():
        for each in built:
            write_site(each)


def _navigation_and_settings(
    site: SiteRoot, root: Page, context: PublishedContext
) -> tuple[shapes.Navigation, shapes.Site]:
    own = SiteSettings.objects.filter(site_id=site.id).first() or SiteSettings(site_id=site.id)
    navigation: shapes.Navigation = {
        "main": _menu(context, root),
        "footer": [{**link, "children": []} for link in _links(own.footer_menu, context)],  # type: ignore[typeddict-item]
    }
    locales = sorted(
        Document.objects.filter(site_id=site.id, removed_at=None).order_by().values_list("locale", flat=True).distinct()
    )
    default_locale = django_settings.LANGUAGE_CODE
    home = context.page_link(root.pk)
    about: shapes.Site = {
        "name": own.name or site.name or (home["title"] if home else site.hostname),
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
        if page_id not in found or found[page_id].site_id != context.site.id:
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
