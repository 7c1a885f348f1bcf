from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel

from articles import fields
from articles.programme import Programme, ProgrammeItemBlock
from articles.validation import event_findings
from cms.content import kinds, shapes, times
from cms.content.blocks.people import PlaceBlock
from cms.content.context import Context
from cms.content.fields import BlocksField
from cms.content.pages import ContentPage, images_field
from cms.content.validation import Finding
from cms.plugins.spec import ContentSpec, Expose


class EventMoment(kinds.Moment):
    """An instant, or a day for an event that lasts all day."""

    def shape(self) -> Any:
        return shapes.DayOrInstant | None

    def render(self, page: Any, source: str, context: Context) -> str | None:
        moment = getattr(page, source)
        return times.day(moment) if page.all_day else times.instant(moment)


class Event(ContentPage):
    content_spec = ContentSpec(
        type="event",
        plural="events",
        schema_org="Event",
        dates=("start", "end"),
        fields=(
            Expose("start", kind=EventMoment(), summary=True),
            Expose("end", kind=EventMoment(), summary=True),
            Expose("all_day", summary=True),
            Expose("status", summary=True, filters=("status",), facets=("status",)),
            Expose("status_text", summary=True, search=0.5),
            Expose("attendance", summary=True, filters=("attendance",), facets=("attendance",)),
            Expose(
                "place",
                kind=kinds.PlaceKind(),
                summary=True,
                search=1.0,
                filters=("municipality", "county"),
                facets=("municipality", "county"),
            ),
            Expose("stream_url"),
            Expose("registration_url", summary=True),
            Expose("registration_deadline", kind=kinds.DateOrInstant(), summary=True),
            Expose("registration_full", summary=True),
            Expose("organisers", kind=kinds.Texts(), summary=True, search=0.5),
            Expose("moderators", search=0.5),
            Expose("programme", kind=Programme(ids=True), search=1.0),
            Expose("images", search=0.5),
            Expose("report"),
            fields.TOPICS,
            fields.MUNICIPALITIES,
            fields.CONTACTS,
            fields.BODY,
        ),
    )
    page_description = _("Has a time and a place, and often a programme and a registration.")
    subpage_types: ClassVar[list[str]] = []
    own_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("all_day"),
                FieldPanel("attendance"),
                FieldPanel("place", help_text=_("Press + and write where it is.")),
                FieldPanel("stream_url", help_text=_("The address where it can be watched.")),
            ],
            heading=_("When and where"),
        ),
        FieldPanel("programme"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "registration_url", heading=_("Registration form"), help_text=_("The address where people sign up.")
                ),
                FieldRowPanel([FieldPanel("registration_deadline_date"), FieldPanel("registration_deadline_time")]),
                FieldPanel("registration_full"),
            ],
            heading=_("Registration"),
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("status_text")],
            heading=_("Cancelled or postponed"),
            help_text=_("A cancelled event stays on the website and says so."),
            classname="collapsed",
        ),
    ]
    more_panels = [
        fields.ABOUT,
        MultiFieldPanel(
            [FieldPanel("organisers"), FieldPanel("moderators"), FieldPanel("contacts")],
            heading=_("Organisers and people"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("images"), PageChooserPanel("report", "articles.NewsArticle")],
            heading=_("Afterwards: pictures and report"),
            classname="collapsed",
        ),
    ]

    start = models.DateTimeField(_("start"), null=True, help_text=_("Norwegian time."))
    end = models.DateTimeField(_("end"), null=True, blank=True)
    all_day = models.BooleanField(_("lasts all day"), default=False, help_text=_("Only the days are shown."))
    status = models.CharField(
        _("status"),
        max_length=20,
        default="planned",
        choices=[("planned", _("Planned")), ("cancelled", _("Cancelled")), ("postponed", _("Postponed"))],
    )
    status_text = models.CharField(
        _("about the status"),
        max_length=255,
        blank=True,
        help_text=_("Why it is cancelled, or when the new date comes."),
    )
    attendance = models.CharField(
        _("attendance"),
        max_length=20,
        default="place",
        choices=[("place", _("At the place")), ("digital", _("Digital")), ("both", _("Both"))],
    )
    place = BlocksField([("place", PlaceBlock())], verbose_name=_("place"), max_num=1, blank=True)
    stream_url = models.URLField(_("live stream"), max_length=500, blank=True)
    registration_url = models.URLField(_("registration"), max_length=500, blank=True)
    registration_deadline_date = models.DateField(_("registration deadline"), null=True, blank=True)
    registration_deadline_time = models.TimeField(
        _("at"), null=True, blank=True, help_text=_("Left empty, the whole day counts.")
    )
    registration_full = models.BooleanField(_("fully booked"), default=False)
    organisers = fields.texts_field(_("organisers"))
    moderators = fields.people_field(_("moderators"))
    programme = BlocksField(
        [("item", ProgrammeItemBlock())],
        verbose_name=_("programme"),
        blank=True,
        help_text=_("Add one item for each talk, break or meal. They are shown in order of time."),
    )
    images = images_field(verbose_name=_("more images"))
    report = models.ForeignKey(
        "articles.NewsArticle",
        verbose_name=_("report"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A news article that tells how it went."),
    )
    topics = fields.topics_field()
    municipalities = fields.municipalities_field()
    contacts = fields.people_field(_("contacts"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def findings(self) -> Iterator[Finding]:
        yield from super().findings()
        yield from event_findings(self)
