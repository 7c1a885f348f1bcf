"""What a section lists: a query that the frontend asks the API for, and the pages right below it."""

from __future__ import annotations

from typing import Any, TypedDict

from django.utils.translation import gettext_lazy as _

from cms.content import shapes
from cms.content.blocks import convert
from cms.content.blocks.pages import QueryBlock
from cms.content.context import Context
from cms.content.kinds import BaseKind, One
from cms.content.loader import Loader


class Listing(TypedDict):
    """``api_url`` answers with the pages; nothing of them is in this document."""

    types: list[shapes.Code]
    order: shapes.Code
    filters: dict[str, list[str]]
    api_url: shapes.Url


class SectionListingBlock(QueryBlock):
    class Meta:
        icon = "list-ul"
        label = _("List of pages")

    def document_shape(self) -> Any:
        return Listing

    def to_document(self, value: Any, context: Context) -> Listing:
        query = self.query(value, context)
        return {
            "types": list(query.types),
            "order": query.order,
            "filters": {name: list(values) for name, values in query.filters.items()},
            "api_url": context.api_url(query.request),
        }

    def from_package(self, data: Any, loader: Loader) -> Any:
        """{types, order, filters: {topic, municipality, under, when}}, or the filters side by side."""
        if isinstance(data, dict):
            filters = data.get("filters") or {}
            data = {key: value for key, value in data.items() if key not in ("api_url", "filters")}
            if isinstance(filters, dict):
                data |= {
                    name: value[0] if isinstance(value, list) and value else value
                    for name, value in filters.items()
                    if name != "locale"  # of the tree that the page is in
                }
        return convert.parse_struct(self, data, loader)


class SectionListing(One):
    def shape(self) -> Any:
        return Listing | None


class Children(BaseKind):
    """Subsections and plain pages right below, in tree order: [page reference]."""

    whole_page = True
    derived = True

    def shape(self) -> Any:
        return list[shapes.PageReference]

    def render(self, page: Any, source: str, context: Context) -> list[shapes.PageReference]:
        return context.children(page, ("section", "page"))
