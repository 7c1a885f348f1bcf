"""What a builder may ask of its surroundings while it turns a page into JSON.

Publishing answers from what is public, a preview from drafts, an export with references of the content package.
Whatever is asked for is remembered as something that the document depends on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from cms.content import shapes


class Context(Protocol):
    language: str
    """What the page's text is written in: nb, nn, en, se."""

    @property
    def tree(self) -> str:
        """The locale of the tree that the page is in; empty where there is only one."""

    def page_link(self, page_id: int, title: str = "") -> shapes.Link | None:
        """None when the page is not public."""

    def page_summary(self, page_id: int) -> dict[str, Any] | None:
        """The target's summary; None when it is not public. Counts as a link to it."""

    def document_link(self, document_id: int, title: str = "") -> shapes.Link | None: ...

    def document(self, document_id: int) -> shapes.Document | None: ...

    def image(self, use: ImageUse, profile: str = "default") -> shapes.Image | None:
        """None while the image may not be shown."""

    def children(self, page: Any, types: Sequence[str]) -> list[shapes.PageReference]:
        """Public children in tree order."""

    def breadcrumbs(self, page: Any) -> list[shapes.Breadcrumb]: ...

    def related(self, page: Any, chosen: Sequence[int]) -> list[dict[str, Any]]:
        """Summaries with ``reason``: the chosen ones, then pages that link here; at most 12."""

    def listing(self, query: ListingQuery) -> list[dict[str, Any]]:
        """Summaries of the first pages that the query finds."""

    def api_url(self, path: str) -> str:
        """``events/?when=upcoming`` → the URL that asks the page's site for it."""

    def path_of(self, page_id: int) -> str | None:
        """The public path; None when the page is not public."""

    def depend(self, key: str) -> None:
        """The document shows something of ``key``, e.g. ``topic:3``."""


class ImageUse(Protocol):
    """An image where it is used; texts left empty fall back to the image's own."""

    @property
    def image_id(self) -> int | None: ...

    @property
    def alt(self) -> str: ...

    @property
    def decorative(self) -> bool: ...

    @property
    def caption(self) -> str: ...

    @property
    def credit(self) -> str: ...


class ListingQuery(Protocol):
    @property
    def types(self) -> Sequence[str]: ...

    @property
    def filters(self) -> Mapping[str, Sequence[str]]: ...

    @property
    def order(self) -> str: ...

    @property
    def limit(self) -> int: ...
