"""The programme of an event: timed items with speakers, in one or more tracks."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content import rich_text, shapes, times
from cms.content.blocks.links import LinkBlock
from cms.content.blocks.people import PersonBlock
from cms.content.context import Context
from cms.content.kinds import Items

KINDS = [
    ("welcome", _("Welcome")),
    ("talk", _("Talk")),
    ("panel", _("Panel")),
    ("workshop", _("Workshop")),
    ("questions", _("Questions")),
    ("break", _("Break")),
    ("meal", _("Meal")),
    ("social", _("Social")),
    ("other", _("Other")),
]


class ProgrammeItem(TypedDict):
    """``start`` and ``end`` in Europe/Oslo; an end before the start is past midnight."""

    id: shapes.Code
    date: shapes.Day | None
    start: shapes.Clock | None
    end: shapes.Clock | None
    kind: Literal["welcome", "talk", "panel", "workshop", "questions", "break", "meal", "social", "other"]
    title: str
    description: shapes.RichText
    place: str
    track: str
    speakers: list[shapes.Person]
    links: list[shapes.Link]


class ProgrammeItemBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Day"), required=False, help_text=_("Left empty, the first day."))
    start = blocks.TimeBlock(label=_("From"))
    end = blocks.TimeBlock(label=_("To"), required=False)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="talk")
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    description = blocks.RichTextBlock(label=_("Description"), required=False, features=rich_text.FEATURES)
    place = blocks.CharBlock(label=_("Room"), required=False, max_length=255)
    track = blocks.CharBlock(
        label=_("Track"), required=False, max_length=100, help_text=_("Where several things go on at the same time.")
    )
    speakers = blocks.ListBlock(PersonBlock(), label=_("Speakers"), default=[])
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), default=[])

    class Meta:
        icon = "time"
        label = _("Programme item")
        label_format = "{start} {title}"
        form_classname = "struct-block programme-item"


class Programme(Items):
    """The items in order of day and time; ``date`` is always there: the event's first day unless the item says more."""

    def shape(self) -> Any:
        return list[ProgrammeItem]

    def render(self, page: Any, source: str, context: Context) -> list[dict[str, Any]]:
        items = super().render(page, source, context)
        first_day = times.day(page.start)
        for item in items:
            item["date"] = item["date"] or first_day
        return sorted(items, key=lambda item: (item["date"] or "", item["start"] or ""))
