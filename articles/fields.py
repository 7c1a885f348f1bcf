"""Fields that several of the types share."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.content import kinds
from cms.content.blocks.people import MunicipalityBlock, PersonBlock
from cms.content.fields import BlocksField
from cms.content.widgets import TopicPicker
from cms.plugins.spec import Expose


def topics_field() -> Any:
    return ParentalManyToManyField("content.Topic", verbose_name=_("topics"), blank=True, related_name="+")


def municipalities_field() -> Any:
    return BlocksField(
        [("municipality", MunicipalityBlock())],
        verbose_name=_("municipalities"),
        blank=True,
        help_text=_("Those that the page is about."),
    )


def people_field(label: Any, help_text: Any = "") -> Any:
    return BlocksField([("person", PersonBlock())], verbose_name=label, blank=True, help_text=help_text)


def texts_field(label: Any, help_text: Any = "") -> Any:
    return BlocksField(
        [("text", blocks.CharBlock(label=_("Name"), max_length=255))],
        verbose_name=label,
        blank=True,
        help_text=help_text,
    )


def partial_date_field(label: Any) -> Any:
    from articles.dates import validate_partial_date

    return models.CharField(
        label,
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("A day, a month or a year: 2024-05-29, 2024-05 or 2024."),
    )


ABOUT = MultiFieldPanel(
    [FieldPanel("topics", widget=TopicPicker), FieldPanel("municipalities")],
    heading=_("Topics and municipalities"),
    help_text=_("Visitors find the page by them in lists and search. New topics are made in the menu to the left."),
)

TOPICS = Expose("topics", summary=True, search=1.0, filters=("topic",), facets=("topic",))
MUNICIPALITIES = Expose(
    "municipalities",
    kind=kinds.Municipalities(),
    summary=True,
    search=1.0,
    filters=("municipality", "county"),
    facets=("municipality", "county"),
)
CONTACTS = Expose("contacts", search=0.5)
BODY = Expose("body", search=1.0)
