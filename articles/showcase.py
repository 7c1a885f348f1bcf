from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from articles import fields
from articles.validation import period_findings
from cms.content import kinds
from cms.content.pages import ContentPage, images_field
from cms.content.rich_text import FEATURES
from cms.content.validation import Finding
from cms.plugins.spec import ContentSpec, Expose


class Showcase(ContentPage):
    content_spec = ContentSpec(
        type="showcase",
        plural="showcases",
        schema_org="Article",
        fields=(
            Expose("project_name", summary=True, search=2.0),
            fields.MUNICIPALITIES,
            Expose("counties", source="municipalities", kind=kinds.Counties(), summary=True),
            fields.TOPICS,
            Expose("status", summary=True, filters=("status",), facets=("status",)),
            Expose("period", kind=kinds.Period(), summary=True),
            Expose("partners", kind=kinds.Texts(), search=0.5),
            fields.CONTACTS,
            Expose("results", search=1.0),
            Expose("images", search=0.5),
            fields.BODY,
        ),
    )
    page_description = _("A project that others can learn from, with its municipalities, period and results.")
    subpage_types: ClassVar[list[str]] = []
    own_panels = [
        FieldPanel("project_name"),
        MultiFieldPanel(
            [FieldPanel("status"), FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")])],
            heading=_("Status and period"),
        ),
        FieldPanel("results", help_text=_("What came of it, in a few sentences.")),
    ]
    more_panels = [
        fields.ABOUT,
        MultiFieldPanel(
            [FieldPanel("partners"), FieldPanel("contacts")], heading=_("Partners and people"), classname="collapsed"
        ),
        FieldPanel("images"),
    ]

    project_name = models.CharField(_("project"), max_length=255, blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        default="ongoing",
        choices=[("planned", _("Planned")), ("ongoing", _("Ongoing")), ("completed", _("Completed"))],
    )
    period_start = fields.partial_date_field(_("from"))
    period_end = fields.partial_date_field(_("to"))
    municipalities = fields.municipalities_field()
    topics = fields.topics_field()
    partners = fields.texts_field(_("partners"))
    contacts = fields.people_field(_("contacts"))
    results = RichTextField(_("results"), blank=True, features=FEATURES)
    images = images_field(verbose_name=_("more images"))

    class Meta:
        verbose_name = _("showcase project")
        verbose_name_plural = _("showcase projects")

    def findings(self) -> Iterator[Finding]:
        yield from super().findings()
        yield from period_findings(self.period_start, self.period_end)
