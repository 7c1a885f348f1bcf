"""Blocks that show other pages: cards chosen by hand, and listings made by a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict
from urllib.parse import urlencode

from django.core.validators import slug_re, validate_slug
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content import shapes, summary_shape
from cms.content.blocks import convert, packing
from cms.content.blocks.links import LinkBlock, has_target
from cms.content.blocks.media import ImageBlock
from cms.content.blocks.one import OneBlock
from cms.content.blocks.people import MunicipalityBlock
from cms.content.context import Context
from cms.content.loader import Loader
from cms.plugins import registry

LISTED = 12

NOTHING = "/-/"
"""A path that no page has, nor anything below it."""


class Card(TypedDict):
    """``page`` is the summary of the page that the link leads to; empty texts and image are taken from it."""

    title: str
    summary: str
    image: shapes.Image | None
    link: shapes.Link | None
    page: summary_shape.Summary | None


class CardsValue(TypedDict):
    title: str
    items: list[Card]


class CardBlock(blocks.StructBlock):
    link = LinkBlock(label=_("Target"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=255, help_text=_("Left empty, the page's own title is used.")
    )
    summary = blocks.TextBlock(label=_("Text"), required=False)
    image = OneBlock([("image", ImageBlock())], label=_("Image"))

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Card")

    def document_shape(self) -> Any:
        return Card

    def to_document(self, value: Any, context: Context) -> dict[str, Any] | None:
        target = value["link"]["page"]
        page = context.page_summary(target.pk) if target else None
        if (target and page is None) or not has_target(value["link"]):
            return None  # the page is not public or was deleted, so its card has nothing to show
        image = convert.render(self.child_blocks["image"], value["image"], context)
        return {
            "title": value["title"] or (page or {}).get("title", ""),
            "summary": value["summary"] or (page or {}).get("summary", ""),
            "image": image or (page or {}).get("image"),
            "link": convert.render(self.child_blocks["link"], value["link"], context),
            "page": page,
        }

    def to_package(self, value: Any, context: Context) -> dict[str, Any] | None:
        packed = packing.pack_struct(self, value, context)
        return packed if packed["link"] else None

    def from_package(self, data: Any, loader: Loader) -> Any:
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key != "page"}
        return convert.parse_struct(self, data, loader)


class CardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=255)
    items = blocks.ListBlock(CardBlock(), label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Cards")
        group = _("Links and lists")

    def document_shape(self) -> Any:
        return CardsValue


@dataclass(frozen=True, slots=True)
class Query:
    """What a listing shows; the same filters as the API's lists."""

    types: Sequence[str]
    filters: Mapping[str, Sequence[str]]
    order: str
    limit: int
    """0: as many as the API gives on a page."""

    @property
    def request(self) -> str:
        """The list request with the same result, below ``/api/v1/``."""
        parameters = {name: ",".join(values) for name, values in self.filters.items() if values}
        if self.order:
            parameters["order"] = self.order
        if self.limit:
            parameters["limit"] = str(self.limit)
        types = registry.content_types()
        if len(self.types) == 1 and self.types[0] in types:
            path = f"{types[self.types[0]].spec.plural}/"
        else:
            path = "content/"
            parameters = {"type": ",".join(self.types), **parameters} if self.types else parameters
        return path + (f"?{urlencode(parameters, safe=',/')}" if parameters else "")


def type_choices() -> list[tuple[str, str]]:
    return [(name, str(each.model._meta.verbose_name)) for name, each in registry.content_types().items()]


ORDERS = [
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("title", _("By title")),
    ("soonest", _("Events: soonest first")),
    ("latest", _("Events: latest first")),
]
BY_DATE = ("soonest", "latest")
WHEN = [("upcoming", _("Upcoming")), ("now", _("Going on")), ("past", _("Past"))]


def _all_dated(types: Sequence[str]) -> bool:
    known = registry.content_types()
    return bool(types) and all(name in known and known[name].spec.dates for name in types)


def _takes(types: Sequence[str], name: str, value: str) -> bool:
    """Whether the API's list of the types takes the filter."""
    if name == "topic" and not slug_re.match(value):
        return False
    return name in registry.filters_of(types or registry.content_types())


class QueryBlock(blocks.StructBlock):
    """Fields that say what a list shows."""

    types = blocks.MultipleChoiceBlock(label=_("Types"), choices=type_choices, required=False)
    order = blocks.ChoiceBlock(label=_("Order"), choices=ORDERS, default="newest")
    when = blocks.ChoiceBlock(
        label=_("When"),
        choices=WHEN,
        required=False,
        help_text=_("For events. Such a list changes with time, so the frontend asks for it when it is read."),
    )
    topic = blocks.CharBlock(
        label=_("Topic"),
        required=False,
        validators=[validate_slug],
        help_text=_("The topic's slug, for example arbeidsliv."),
    )
    municipality = MunicipalityBlock(required=False)
    under = blocks.PageChooserBlock(label=_("Under"), required=False, help_text=_("Only pages below this one."))

    def to_package(self, value: Any, context: Context) -> dict[str, Any]:
        return packing.pack_struct(self, value, context)

    def query(self, value: Any, context: Context, limit: int = 0) -> Query:
        chosen = value["types"] or ()
        types = tuple(name for name in chosen if name in registry.content_types())
        asked = {name: [value[name]] for name in ("topic", "municipality", "when") if value[name]}
        filters = {name: values for name, values in asked.items() if _takes(types, name, values[0])}
        if value["under"]:
            # a section that is not public has nothing public under its path either
            filters["under"] = [context.path_of(value["under"].pk) or NOTHING]
        elif context.tree:
            # translations are pages of their own: a list of all trees names each article once for every locale
            filters["locale"] = [context.tree]
        # The API knows no types of plugins that are switched off, and refuses a filter that none of the types has.
        if (chosen and not types) or asked.keys() - filters:
            filters["under"] = [NOTHING]
        order = value["order"] or "newest"
        if order in BY_DATE and not _all_dated(types):
            order = "newest"  # the API would refuse an order that not every type has
        return Query(types, filters, order, limit)


class ListingValue(TypedDict):
    """``results`` is null where the answer changes with time (``when``): ask ``api_url``."""

    title: str
    api_url: shapes.Url
    results: list[summary_shape.Summary] | None
    more: shapes.Link | None


class ListingBlock(QueryBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=255)
    limit = blocks.IntegerBlock(label=_("How many"), default=6, min_value=1, max_value=LISTED)
    more = LinkBlock(label=_("Link to all"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("List of pages")
        group = _("Links and lists")

    def document_shape(self) -> Any:
        return ListingValue

    def to_document(self, value: Any, context: Context) -> dict[str, Any]:
        query = self.query(value, context, value["limit"] or 6)
        return {
            "title": value["title"] or "",
            "api_url": context.api_url(query.request),
            "results": None if "when" in query.filters else context.listing(query),
            "more": convert.render(self.child_blocks["more"], value["more"], context),
        }

    def from_package(self, data: Any, loader: Loader) -> Any:
        """{title, types, order, when, topic, municipality, under, limit, more}; what is derived is ignored."""
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key not in ("api_url", "results")}
        return convert.parse_struct(self, data, loader)
