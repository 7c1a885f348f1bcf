"""``export_package``: the public pages of a site as a package that makes an equal site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.content import times
from cms.content.packages import page_fields, site_fields
from cms.content.packages.earlier_paths import earlier_paths
from cms.content.packages.export_folder import ExportFolder
from cms.content.packages.export_media import ExportMedia
from cms.content.packages.exported_pages import ExportedPages
from cms.content.packages.faults import Fault, Faults, place
from cms.content.packages.package_context import PackageContext
from cms.content.packages.page_places import place_of
from cms.content.packages.redirect_entries import LONGEST_OLD_PATH
from cms.content.packages.references import References
from cms.content.packages.site_tree import site_pages
from cms.content.packages.source import FORMAT
from cms.content.site_settings import SiteSettings
from cms.content.topics import Topic
from cms.content.validation import stops
from cms.plugins import registry


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written. ``placeholders`` are pages that are not public, named because public ones need them.

    ``refused`` says what an import will not publish: what was right when it was published may be wrong by now.
    """

    pages: int
    placeholders: int
    files: int
    refused: tuple[Fault, ...]


def export_package(folder: Path, site: Site) -> Exported:
    """Raises PackageError when the folder holds something else."""
    target = ExportFolder(folder)
    pages = ExportedPages(site)
    media = ExportMedia()
    context = PackageContext(pages.path_of, media.image_key, media.document_key)
    locale = site.root_page.locale.language_code
    packed: dict[int, dict[str, Any]] = {}
    for page_id, path in pages.public.items():
        packed[page_id] = _page(page_id, path, locale, context)
    about = site_fields.pack(SiteSettings.for_site(site), context)
    redirects = _redirects(site, context, pages.public)
    packed |= {page_id: _placeholder(page_id, path, locale) for page_id, path in pages.placeholders().items()}
    content = {
        "format": FORMAT,
        "site": about,
        "topics": [{"slug": each.slug, "label": each.label} for each in Topic.objects.order_by("slug")],
        "redirects": redirects,
        "images": media.images(),
        "documents": media.documents(),
        "pages": [packed[page_id] for page_id in pages.in_tree_order(packed)],
    }
    target.write(content, media.files)
    loader = References(Faults(), site_pages(site), media.image_ids, media.document_ids, _topic_ids().__getitem__)
    refused = [fault for page_id in pages.public for fault in _refused(page_id, packed[page_id], loader)]
    return Exported(len(pages.public), len(packed) - len(pages.public), len(media.files), tuple(refused))


def _page(page_id: int, path: str, locale: str, context: PackageContext) -> dict[str, Any]:
    page = Page.objects.get(pk=page_id).specific
    content_type = registry.by_model(type(page))
    assert content_type is not None
    published = page.first_published_at
    return {
        "type": content_type.name,
        "path": path,
        "locale": locale,
        # to the microsecond: pages of the same second keep their order
        "first_published_at": published.astimezone(times.OSLO).isoformat() if published else None,
        **page_fields.pack(content_type, page, context),
    }


def _placeholder(page_id: int, path: str, locale: str) -> dict[str, Any]:
    page = Page.objects.get(pk=page_id).specific
    content_type = registry.by_model(type(page))
    assert content_type is not None
    return {"type": content_type.name, "path": path, "locale": locale, "title": page.title, "placeholder": True}


def _refused(page_id: int, data: dict[str, Any], loader: References) -> Iterator[Fault]:
    """What stops the page as an import would make it from this package."""
    page = Page.objects.get(pk=page_id).specific
    content_type = registry.by_model(type(page))
    assert content_type is not None
    page_fields.assign(content_type, page, data, loader)
    for found in stops(page):
        yield Fault(place(["pages", data["path"], *place_of(content_type, found.place)]), found.message)


def _topic_ids() -> dict[str, int]:
    return dict(Topic.objects.values_list("slug", "pk"))


def _redirects(site: Site, context: PackageContext, public: Mapping[int, str]) -> list[dict[str, Any]]:
    """The editors' rows, and the ways from where public pages stood before."""
    rows = sorted(Redirect.get_for_site(site), key=lambda row: (row.old_path, row.site_id is None, row.pk))
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        path = context.path_of(row.redirect_page_id) if row.redirect_page_id else None
        target = f"page:{path}" if path else row.redirect_link
        if target:
            found.setdefault(row.old_path, {"from": row.old_path, "to": target, "permanent": row.is_permanent})
    for path, page_id in earlier_paths(site.pk).items():
        old_path = Redirect.normalise_path(path)
        if page_id in public and len(old_path) <= LONGEST_OLD_PATH:
            found.setdefault(old_path, {"from": old_path, "to": f"page:{public[page_id]}", "permanent": True})
    return sorted(found.values(), key=lambda redirect: str(redirect["from"]))
