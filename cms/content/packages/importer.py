"""``import_package``: everything is checked first; then all of it is written, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import translation
from wagtail.models import Page, Site

from cms.content.packages import site_fields
from cms.content.packages.faults import Fault, Faults, in_order
from cms.content.packages.media_store import MediaStore
from cms.content.packages.package import Package, load
from cms.content.packages.package_context import site_context
from cms.content.packages.page_entries import PageEntry
from cms.content.packages.page_writer import PageWriter, Written
from cms.content.packages.redirect_entries import read_redirects, write_redirects
from cms.content.packages.references import References
from cms.content.packages.siblings import put_in_order
from cms.content.packages.site_tree import SitePage, parent_of, site_pages, slug_of
from cms.content.packages.topic_entries import TopicWriter


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. ``others`` counts changed topics, images, documents, redirects and site settings."""

    pages: Written
    moved: int
    others: int
    warnings: tuple[Fault, ...]

    @property
    def changed(self) -> bool:
        return bool(self.pages.published or self.pages.drafted or self.moved or self.others)


def import_package(path: Path, site: Site, publish: bool) -> Report:
    """Raises PackageError, with nothing changed, when anything is wrong with the package."""
    # Messages are for whoever runs the command; what is written does not depend on the active language.
    with translation.override("en"):
        package = load(path, site)
        media = MediaStore(package.images, package.documents)
        try:
            media.store()
            with transaction.atomic():
                return _write(package, media, site, publish)
        except BaseException:
            media.discard()
            raise


def _write(package: Package, media: MediaStore, site: Site, publish: bool) -> Report:
    faults = Faults()
    media.save()
    topics = TopicWriter()
    topics.write(package.topics)
    pages = site_pages(site)
    new = {entry.path for entry in package.pages.values() if entry.path not in pages}
    for path in new_in_order(package, new):
        pages[path] = _make(package.pages[path], pages, site)
    moved = put_in_order(package.pages.values(), pages)
    loader = References(faults, pages, media.images, media.documents, topics.id)
    context = site_context(pages)
    writer = PageWriter(loader, faults, context, publish)
    for entry in package.pages.values():
        writer.write(entry, pages[entry.path].id, entry.path in new)
    others = media.changed
    if package.site is not None:
        with faults.at("site"):
            others += site_fields.write(site, package.site, loader, faults, context)
    if package.redirects is not None:
        others += write_redirects(site, read_redirects(package.redirects, loader))
    faults.stop_if_any()
    return Report(writer.written, moved, others + topics.changed, tuple(in_order(writer.warnings)))


def new_in_order(package: Package, new: set[str]) -> list[str]:
    """Parents before children, so that ids follow the tree as well."""
    return [path for path in package.pages if path in new]


def _make(entry: PageEntry, pages: dict[str, SitePage], site: Site) -> SitePage:
    """An empty draft in its place. All pages get theirs before any is filled, as they link to each other."""
    parent = Page.objects.get(pk=pages[parent_of(entry.path)].id)
    page = entry.content_type.model(
        title=entry.data["title"],
        slug=slug_of(entry.path),
        locale=site.root_page.locale,
        live=False,
        first_published_at=entry.first_published_at,
    )
    parent.add_child(instance=page)
    return SitePage(page.pk, entry.content_type.model)
