from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from articles import fields
from cms.content.pages import ContentPage
from cms.plugins.spec import ContentSpec, Expose


class NewsArticle(ContentPage):
    content_spec = ContentSpec(
        type="news-article",
        plural="news",
        schema_org="NewsArticle",
        fields=(
            Expose("kind", summary=True, filters=("kind",), facets=("kind",)),
            Expose("authors", search=0.5),
            fields.TOPICS,
            fields.MUNICIPALITIES,
            fields.CONTACTS,
            fields.BODY,
        ),
    )
    page_description = _("Something that happened or is decided, dated by its publishing.")
    subpage_types: ClassVar[list[str]] = []
    own_panels = [FieldPanel("kind")]
    more_panels = [
        fields.ABOUT,
        MultiFieldPanel([FieldPanel("authors"), FieldPanel("contacts")], heading=_("People"), classname="collapsed"),
    ]

    kind = models.CharField(
        _("kind"),
        max_length=20,
        default="news",
        choices=[
            ("news", _("News")),
            ("press-release", _("Press release")),
            ("consultation", _("Consultation")),
            ("announcement", _("Announcement")),
        ],
    )
    authors = fields.people_field(_("authors"))
    topics = fields.topics_field()
    municipalities = fields.municipalities_field()
    contacts = fields.people_field(_("contacts"))

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")
