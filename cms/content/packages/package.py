"""A package that has been read and found right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail.models import Site

from cms.content.packages import page_fields, site_fields
from cms.content.packages.faults import Faults
from cms.content.packages.media_entries import MediaEntry, read_documents, read_images
from cms.content.packages.page_entries import PageEntry, read_pages
from cms.content.packages.redirect_entries import read_redirects
from cms.content.packages.references import References
from cms.content.packages.site_tree import SitePage, site_pages
from cms.content.packages.source import FORMAT, read
from cms.content.packages.topic_entries import read_topics

KEYS = ("format", "source", "site", "topics", "redirects", "images", "documents", "pages")


@dataclass(frozen=True, slots=True)
class Package:
    """``pages`` in tree order; ``site`` and ``redirects`` as they stand in the file, None where they do not."""

    images: dict[str, MediaEntry]
    documents: dict[str, MediaEntry]
    topics: dict[str, str]
    pages: dict[str, PageEntry]
    site: dict[str, Any] | None
    redirects: list[Any] | None


def load(path: Path, site: Site) -> Package:
    """Reads and checks everything that can be checked without writing. Raises PackageError with all faults."""
    folder, data = read(path)
    faults = Faults()
    with faults.at("format"):
        if data.get("format") != FORMAT:
            faults.fault(f"expected {FORMAT!r}, got {data.get('format')!r}")
            faults.stop_if_any()
    for unknown in sorted(set(data) - set(KEYS)):
        with faults.at(unknown):
            faults.fault(f"unknown key; known are {', '.join(KEYS)}")
    with faults.at("images"):
        images = read_images(folder, data.get("images", {}), faults)
    with faults.at("documents"):
        documents = read_documents(folder, data.get("documents", {}), faults)
    with faults.at("topics"):
        topics = read_topics(data.get("topics", []), faults)
    existing = site_pages(site)
    before = len(faults.found)
    with faults.at("pages"):
        pages = read_pages(data.get("pages", []), existing, site.root_page.locale.language_code, faults)
    targets = {path: SitePage(0, entry.content_type.model) for path, entry in pages.items()} | existing
    package = Package(images, documents, topics, pages, data.get("site"), data.get("redirects"))
    _check_values(package, data, targets if len(faults.found) == before else None, faults)
    faults.stop_if_any()
    return package


def _check_values(package: Package, data: dict[str, Any], targets: dict[str, SitePage] | None, faults: Faults) -> None:
    """``targets``: what links may lead to; None when a page could not be read, or each link to it were a fault."""
    images, documents = (
        dict.fromkeys(keys, 0) if isinstance(keys := data.get(name, {}), dict) else None
        for name in ("images", "documents")
    )
    loader = References(faults, targets, images, documents, lambda label: 0)
    for entry in sorted(package.pages.values(), key=lambda entry: -1 if entry.index is None else entry.index):
        if entry.index is not None:
            with faults.at("pages", entry.index):
                page_fields.check(entry.content_type, entry.data, loader)
    if "site" in data:
        with faults.at("site"):
            site_fields.check(data["site"], loader)
    if "redirects" in data:
        with faults.at("redirects"):
            read_redirects(data["redirects"], loader)
