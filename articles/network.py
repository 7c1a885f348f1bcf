from __future__ import annotations

from typing import Any, Literal, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from articles import fields
from articles.dates import PartialDateBlock
from cms.content import kinds, shapes, summary_shape
from cms.content.blocks import convert, packing
from cms.content.blocks.one import OneBlock
from cms.content.blocks.people import PlaceBlock
from cms.content.context import Context
from cms.content.fields import BlocksField
from cms.content.pages import ContentPage
from cms.plugins.spec import ContentSpec, Expose


class GatheringValue(TypedDict):
    number: int | None
    title: str
    date: shapes.PartialDate | None
    attendance: Literal["place", "digital", "both"]
    place: shapes.Place | None
    event: summary_shape.Summary | None


class GatheringBlock(blocks.StructBlock):
    number = blocks.IntegerBlock(label=_("Number"), required=False, min_value=1)
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    date = PartialDateBlock(label=_("Date"), required=False)
    attendance = blocks.ChoiceBlock(
        label=_("Attendance"),
        choices=[("place", _("At the place")), ("digital", _("Digital")), ("both", _("Both"))],
        default="place",
    )
    place = OneBlock([("place", PlaceBlock())], label=_("Place"))
    event = blocks.PageChooserBlock(label=_("Event page"), required=False, page_type="articles.Event")

    class Meta:
        icon = "group"
        label = _("Gathering")
        label_format = "{number} {title} {date}"

    def document_shape(self) -> Any:
        return GatheringValue

    def to_document(self, value: Any, context: Context) -> dict[str, Any]:
        rendered = {
            name: convert.render(self.child_blocks[name], value[name], context)
            for name in ("number", "title", "date", "attendance", "place")
        }
        event = context.page_summary(value["event"].pk) if value["event"] else None
        return {**rendered, "event": event}

    def to_package(self, value: Any, context: Context) -> dict[str, Any]:
        return packing.pack_struct(self, value, context)


class Network(ContentPage):
    content_spec = ContentSpec(
        type="network",
        plural="networks",
        schema_org="Organization",
        fields=(
            Expose("purpose", summary=True, search=1.0),
            Expose("organisers", kind=kinds.Texts(), search=0.5),
            Expose("members", kind=kinds.Texts(), search=0.5),
            fields.TOPICS,
            fields.MUNICIPALITIES,
            Expose("gatherings", kind=kinds.Items(ids=True), search=0.5),
            fields.CONTACTS,
            fields.BODY,
        ),
    )
    page_description = _("A group that meets again and again, with its gatherings.")
    own_panels = [
        FieldPanel("purpose"),
        FieldPanel("gatherings", help_text=_("Press + to add a gathering. A month or a year is enough of a date.")),
    ]
    more_panels = [
        fields.ABOUT,
        MultiFieldPanel(
            [FieldPanel("organisers"), FieldPanel("members"), FieldPanel("contacts")],
            heading=_("Members and people"),
            classname="collapsed",
        ),
    ]

    purpose = models.TextField(_("purpose"), blank=True, max_length=1000)
    organisers = fields.texts_field(_("organisers"))
    members = fields.texts_field(_("members"))
    topics = fields.topics_field()
    municipalities = fields.municipalities_field()
    gatherings = BlocksField([("gathering", GatheringBlock())], verbose_name=_("gatherings"), blank=True)
    contacts = fields.people_field(_("contacts"))

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
