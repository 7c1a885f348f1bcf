from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.content import kinds
from cms.content.blocks.people import PersonBlock, PlaceBlock
from cms.content.blocks.text import ParagraphBlock
from cms.content.fields import BlocksField
from cms.content.pages import ContentPage
from cms.content.validation import Finding, stop, warn
from cms.content.widgets import TopicPicker
from cms.plugins.spec import ContentSpec, Expose
from formidle_library.reference import Reference
from formidle_library.salary import SalaryBlock


class Vacancy(ContentPage):
    content_spec = ContentSpec(
        type="vacancy",
        plural="vacancies",
        schema_org="JobPosting",
        dates=("opens", "closes"),
        fields=(
            Expose("reference", kind=Reference(), summary=True, filters=("opening_year",), facets=("opening_year",)),
            Expose("employer", summary=True, search=2.0, filters=("employer",), facets=("employer",)),
            Expose(
                "employment",
                summary=True,
                filters=("employment",),
                facets=("employment",),
                description="How long the employment lasts.",
            ),
            Expose("number"),
            Expose("percentage", source="position_percentage", summary=True),
            Expose("opens", summary=True),
            Expose("closes", summary=True),
            Expose("starts_on"),
            Expose("remote", filters=("remote",)),
            Expose("apply_url"),
            Expose(
                "place",
                kind=kinds.PlaceKind(),
                summary=True,
                search=1.0,
                filters=("municipality", "county"),
                facets=("municipality", "county"),
            ),
            Expose("topics", summary=True, search=1.0, filters=("topic",), facets=("topic",)),
            Expose("qualifications", kind=kinds.Texts(), search=1.0),
            Expose("offer", search=1.0),
            Expose("contacts", search=0.5),
            Expose("body", search=1.0),
        ),
    )
    own_panels = [
        FieldRowPanel([FieldPanel("employer"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("employment"), FieldPanel("position_percentage")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes"), FieldPanel("starts_on")]),
        FieldPanel("remote"),
        FieldPanel("apply_url"),
        FieldPanel("place"),
        FieldPanel("topics", widget=TopicPicker),
        FieldPanel("qualifications"),
        FieldPanel("offer"),
        FieldPanel("contacts"),
    ]

    employer = models.CharField("employer", max_length=100)
    number = models.PositiveIntegerField("number", null=True, blank=True)
    employment = models.CharField(
        "employment",
        max_length=20,
        default="permanent",
        choices=[("permanent", "Permanent"), ("temporary", "Temporary")],
    )
    position_percentage = models.PositiveSmallIntegerField("per cent of full time", null=True, blank=True)
    opens = models.DateTimeField("applications from", null=True)
    closes = models.DateTimeField("applications until", null=True, blank=True)
    starts_on = models.DateField("first day of work", null=True, blank=True)
    remote = models.BooleanField("work from home is possible", default=False)
    apply_url = models.URLField("where to apply", max_length=500, blank=True)
    place = BlocksField([("place", PlaceBlock())], verbose_name="place of work", max_num=1, blank=True)
    topics = ParentalManyToManyField("content.Topic", verbose_name="topics", blank=True, related_name="+")
    qualifications = BlocksField(
        [("text", blocks.CharBlock(label="Qualification", max_length=255))], verbose_name="qualifications", blank=True
    )
    offer: Any = BlocksField(
        [("paragraph", ParagraphBlock()), ("salary", SalaryBlock())], verbose_name="what we offer", blank=True
    )
    contacts = BlocksField([("person", PersonBlock())], verbose_name="contacts", blank=True)

    class Meta:
        verbose_name = "vacancy"
        verbose_name_plural = "vacancies"

    def findings(self) -> Iterator[Finding]:
        yield from super().findings()
        if self.opens and self.closes and self.closes < self.opens:
            yield stop("Applications close before they open.", "closes")
        if not self.contacts:
            yield warn("Nobody can be asked about the position.", "contacts")


class Reading(ContentPage):
    content_spec = ContentSpec(
        type="reading",
        plural="readings",
        schema_org="Event",
        dates=("doors_open", "lights_out"),
        fields=(
            Expose("begins", source="doors_open", summary=True),
            Expose("ends", source="lights_out", summary=True),
            Expose("reader", summary=True, search=1.0),
        ),
    )
    own_panels = [FieldRowPanel([FieldPanel("doors_open"), FieldPanel("lights_out")]), FieldPanel("reader")]

    doors_open = models.DateTimeField("from", null=True)
    lights_out = models.DateTimeField("until", null=True, blank=True)
    reader = models.CharField("who reads", max_length=100, blank=True)

    class Meta:
        verbose_name = "reading"
        verbose_name_plural = "readings"
