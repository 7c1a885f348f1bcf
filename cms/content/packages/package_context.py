"""What a builder may ask while a page becomes part of a package: everything is a reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cms.content import shapes
from cms.content.context import ImageUse, ListingQuery
from cms.content.packages.site_tree import SitePage

Reference = Callable[[int], str | None]


class PackageContext:
    """Paths and keys in place of documents; None for what the package leaves out."""

    language = ""
    tree = ""

    def __init__(self, page_path: Reference, image_key: Reference, document_key: Reference) -> None:
        self._page_path = page_path
        self._image_key = image_key
        self._document_key = document_key

    def depend(self, key: str) -> None:
        """A package depends on nothing."""

    def api_url(self, path: str) -> str:
        return path

    def path_of(self, page_id: int) -> str | None:
        return self._page_path(page_id)

    def page_link(self, page_id: int, title: str = "") -> shapes.Link | None:
        path = self._page_path(page_id)
        return _link("page", f"page:{path}", title) if path else None

    def page_summary(self, page_id: int) -> dict[str, Any] | None:
        path = self._page_path(page_id)
        return {"path": path} if path else None

    def document_link(self, document_id: int, title: str = "") -> shapes.Link | None:
        key = self._document_key(document_id)
        return _link("document", f"document:{key}", title) if key else None

    def document(self, document_id: int) -> Any:
        return self._document_key(document_id)

    def image(self, use: ImageUse, profile: str = "default") -> Any:
        key = self._image_key(use.image_id) if use.image_id else None
        if key is None:
            return None
        return {
            "image": key,
            "alt": use.alt or "",
            "decorative": bool(use.decorative),
            "caption": use.caption or "",
            "credit": use.credit or "",
        }

    # What publishing finds out by itself has no place in a package.

    def children(self, page: Any, types: Sequence[str]) -> list[shapes.PageReference]:
        return []

    def breadcrumbs(self, page: Any) -> list[shapes.Breadcrumb]:
        return []

    def related(self, page: Any, chosen: Sequence[int]) -> list[dict[str, Any]]:
        return []

    def listing(self, query: ListingQuery) -> list[dict[str, Any]]:
        return []


def _link(kind: Any, url: str, title: str) -> shapes.Link:
    return {"kind": kind, "title": title, "url": url, "path": None, "id": None, "type": None}


def site_context(pages: Mapping[str, SitePage]) -> PackageContext:
    """For comparing: every page of the site has its path, drafts too; every file a key of its own."""
    paths = {page.id: path for path, page in pages.items()}
    return PackageContext(paths.get, lambda image: f"image:{image}", lambda document: f"document:{document}")
