"""Headings, paragraphs, quotes, boxes and accordions."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.content import rich_text, shapes
from cms.content.blocks import convert
from cms.content.blocks.links import LinkBlock
from cms.content.context import Context
from cms.content.languages import LANGUAGES
from cms.content.loader import Loader


class HeadingValue(TypedDict):
    text: str
    level: Literal[2, 3, 4]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=255)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("2: main part")), ("3", _("3: within a part")), ("4", _("4: within that"))],
        default="2",
        help_text=_("Do not skip a level: screen readers use them as a table of contents."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")

    def document_shape(self) -> Any:
        return HeadingValue

    def to_document(self, value: Any, context: Context) -> HeadingValue:
        return {"text": value["text"] or "", "level": self.outline_level(value)}

    def outline_level(self, value: Any) -> Any:
        """2, 3 or 4."""
        return int(value["level"] or 2)

    def from_package(self, data: Any, loader: Loader) -> Any:
        if isinstance(data, dict) and isinstance(data.get("level"), int):
            data = {**data, "level": str(data["level"])}
        return convert.parse_struct(self, data, loader)


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": rich_text.FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        group = _("Text")


class QuoteValue(TypedDict):
    text: str
    name: str
    role: str
    lang: Literal["", "nb", "nn", "en", "se"]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"), help_text=_("Without quotation marks."))
    name = blocks.CharBlock(label=_("Who said it"), required=False, max_length=255)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=255)
    lang = blocks.ChoiceBlock(
        label=_("Language"), choices=LANGUAGES, required=False, help_text=_("Where it is another than the page's.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("Text")

    def document_shape(self) -> Any:
        return QuoteValue


class FactBoxValue(TypedDict):
    title: str
    html: shapes.Html
    links: list[shapes.Link]


class TitledText(blocks.StructBlock):
    """A title with rich text, shown as {title, html, links}."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.RichTextBlock(label=_("Text"), features=rich_text.FEATURES)

    def document_shape(self) -> Any:
        return FactBoxValue

    def to_document(self, value: Any, context: Context) -> FactBoxValue:
        text = convert.render(self.child_blocks["text"], value["text"], context)
        return {"title": value["title"] or "", "html": text["html"], "links": text["links"]}

    def to_package(self, value: Any, context: Context) -> dict[str, str]:
        return {"title": value["title"] or "", **rich_text.to_package(value["text"].source, context)}

    def from_package(self, data: Any, loader: Loader) -> dict[str, Any]:
        if not isinstance(data, dict):
            loader.fault("expected {title, html}")
            return {}
        for unknown in sorted(set(data) - {"title", "html", "links"}):
            with loader.at(unknown):
                loader.fault("unknown key; known are title, html")
        with loader.at("html"):
            text = rich_text.parse(data.get("html"), loader)
        with loader.at("title"):
            title = convert.parse(self.child_blocks["title"], data.get("title"), loader)
        return {"title": title, "text": text}


class FactBoxBlock(TitledText):
    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        group = _("Text")


class AccordionValue(TypedDict):
    items: list[FactBoxValue]


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(TitledText(label=_("Question and answer")), label=_("Parts"))

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        group = _("Text")

    def document_shape(self) -> Any:
        return AccordionValue


class DeadlineValue(TypedDict):
    label: str
    date: shapes.Day | None
    text: str
    link: shapes.Link | None
    documents: list[shapes.Document]


class DeadlineBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What the deadline is for"), max_length=255)
    date = blocks.DateBlock(label=_("Date"), help_text=_("The last day."))
    text = blocks.TextBlock(label=_("Text"), required=False)
    link = LinkBlock(label=_("Link"), required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), default=[])

    class Meta:
        icon = "calendar-alt"
        label = _("Deadline")
        group = _("Text")

    def document_shape(self) -> Any:
        return DeadlineValue
