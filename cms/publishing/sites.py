"""The site as public code knows it: its name, menus and settings, as finished JSON; once for each of its trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from cms.content import shapes
from cms.content.blocks import convert
from cms.content.rich_text import render
from cms.content.site_settings import SiteSettings
from cms.publishing import change_log
from cms.publishing.batch import Batch
from cms.publishing.context import PublishedContext
from cms.publishing.models import Document, PublishedSite, PublishedTree
from cms.publishing.notes import Priority, note_all
from cms.publishing.public import Publicness, SiteRoot
from cms.publishing.store import plain

MENU_DEPTH = 2


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site's rows as they should be; ``row`` None: there is no such site any more.

    trees  of the locales besides the site's own: locale → (navigation, settings)
    """

    id: int
    row: dict[str, Any] | None
    trees: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)


class TreeContext(PublishedContext):
    """In a tree of another locale a link leads to the page's translation there, where it has one."""

    def __init__(self, root: Page, site: SiteRoot, publicness: Publicness) -> None:
        super().__init__(root, site, publicness, root.locale.language_code, Batch())
        self._locale = root.locale.language_code

    def page_link(self, page_id: int, title: str = "") -> shapes.Link | None:
        original = self.documents([page_id]).get(page_id)
        if original is None or original.locale == self._locale:
            return super().page_link(page_id, title)
        self.depend(f"name:{page_id}", link=True)
        self.depend(f"translations:{original.translation_key}")
        found = Document.objects.filter(
            translation_key=original.translation_key, locale=self._locale, site_id=self.site.id, removed_at=None
        )
        translated = found.order_by("pk").values_list("pk", flat=True).first()
        return super().page_link(translated or page_id, "" if translated else title)


def build_site(site_id: int, publicness: Publicness) -> BuiltSite:
    roots = [each for each in publicness.sites if each.id == site_id]
    if not roots:
        return BuiltSite(site_id, None)
    site, *others = roots
    root = Page.objects.select_related("locale").get(pk=site.root_page_id)
    locale = root.locale.language_code
    context = PublishedContext(root, site, publicness, locale, Batch())
    with translation.override(locale):
        navigation, about = _navigation_and_settings(site, root, context, locale)
    shown = {*context.dependencies, f"translations:{root.translation_key}"}
    trees = {}
    for other in others:
        top = Page.objects.select_related("locale").get(pk=other.root_page_id)
        owner = publicness.site_of(top)
        if owner is None or owner.id != site_id or not context.documents([top.pk]):
            continue  # a tree begins with its home page, and may have a site of its own
        inside = TreeContext(top, site, publicness)
        with translation.override(top.locale.language_code):
            menu, told = _navigation_and_settings(site, top, inside, locale)
        trees[top.locale.language_code] = (orjson.dumps(menu), orjson.dumps(told))
        shown |= inside.dependencies.keys()
    return BuiltSite(
        site_id,
        {
            "hostname": site.hostname.lower(),
            "port": site.port,
            "is_default": site.is_default,
            "name": about["name"],
            "navigation": orjson.dumps(navigation),
            "settings": orjson.dumps(about),
            "shows": "\n".join(sorted(shown)),
        },
        trees,
    )


def is_stored(built: BuiltSite) -> bool:
    old = PublishedSite.objects.filter(pk=built.id).first()
    if _stored_trees(built.id) != built.trees:
        return False
    if old is None or built.row is None:
        return old is None and built.row is None
    return all(plain(getattr(old, name)) == value for name, value in built.row.items())


def write_site(built: BuiltSite) -> None:
    """Call inside a transaction. A site that is gone leaves no row."""
    if is_stored(built):
        return
    trees = _stored_trees(built.id)
    if trees != built.trees:
        PublishedTree.objects.filter(site_id=built.id).delete()
        PublishedTree.objects.bulk_create(
            PublishedTree(site_id=built.id, locale=locale, navigation=navigation, settings=settings)
            for locale, (navigation, settings) in sorted(built.trees.items())
        )
    if built.row is None:
        PublishedSite.objects.filter(pk=built.id).delete()
        return
    old = PublishedSite.objects.filter(pk=built.id).first()
    PublishedSite.objects.update_or_create(pk=built.id, defaults=built.row)
    if old is not None and old.name != built.row["name"]:
        note_all([f"shows:site-name:{built.id}"], "the site has another name", Priority.FAN_OUT)
    told = (("navigation", ("navigation",)), ("site", ("settings", "hostname", "port", "is_default")))
    for place, (kind, names) in enumerate(told):
        before, after = ({locale: tree[place] for locale, tree in each.items()} for each in (trees, built.trees))
        if old is None or before != after or any(plain(getattr(old, name)) != built.row[name] for name in names):
            change_log.of_site(kind, built.id)


def _stored_trees(site_id: int) -> dict[str, tuple[bytes, bytes]]:
    rows = PublishedTree.objects.filter(site_id=site_id).values_list("locale", "navigation", "settings")
    return {locale: (bytes(navigation), bytes(settings)) for locale, navigation, settings in rows}


def publish_sites() -> None:
    """Brings the rows of all sites to their present state."""
    publicness = Publicness()
    known = PublishedSite.objects.values_list("pk", flat=True)
    built = [build_site(site_id, publicness) for site_id in sorted({*known, *publicness.site_ids})]
    with transaction.atomic():
        for each in built:
            write_site(each)


def _navigation_and_settings(
    site: SiteRoot, root: Page, context: PublishedContext, default_locale: str
) -> tuple[shapes.Navigation, shapes.Site]:
    own = SiteSettings.objects.filter(site_id=site.id).first() or SiteSettings(site_id=site.id)
    navigation: shapes.Navigation = {
        "main": _menu(context, root),
        "footer": [{**link, "children": []} for link in _links(own.footer_menu, context)],  # type: ignore[typeddict-item]
    }
    locales = sorted(
        Document.objects.filter(site_id=site.id, removed_at=None).order_by().values_list("locale", flat=True).distinct()
    )
    home = context.page_link(root.pk)
    about: shapes.Site = {
        "name": site.name or (home["title"] if home else site.hostname),
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
