"""The base of every content type: what all pages have, and how the API shows it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.content import languages
from cms.content.blocks.body import body_field
from cms.content.blocks.media import ImageBlock
from cms.content.validation import PublishingForm
from cms.plugins.names import RESERVED_SLUGS
from cms.plugins.spec import ContentSpec


def image_field(**options: Any) -> StreamField:
    """One image with its texts in this place."""
    return StreamField([("image", ImageBlock())], max_num=1, blank=True, **options)


def images_field(**options: Any) -> StreamField:
    return StreamField([("image", ImageBlock())], blank=True, **options)


class ContentPage(Page):
    """Subclasses declare ``content_spec`` and the panels of their own fields in ``own_panels``."""

    content_spec: ClassVar[ContentSpec]
    own_panels: ClassVar[list[Any]] = []
    base_form_class = PublishingForm

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=1000,
        help_text=_("One or two sentences: stands under the title, in lists and in search results."),
    )
    image = image_field(verbose_name=_("main image"))
    body = body_field()
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        choices=languages.LANGUAGES,
        help_text=_("What the text is written in. Left empty, the same as the page above."),
    )
    related = StreamField(
        [("page", blocks.PageChooserBlock(label=_("Page")))],
        verbose_name=_("related pages"),
        blank=True,
        help_text=_("Pages that link here are added by themselves."),
    )
    noindex = models.BooleanField(
        _("hide from search engines"), default=False, help_text=_("Asks Google and others to leave the page out.")
    )

    class Meta:
        abstract = True

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("noindex")],
            heading=_("For search engines"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus"), FieldPanel("language")], heading=_("Place and language")),
    ]
    settings_panels = [PublishingPanel()]

    @classmethod
    def get_edit_handler(cls) -> Any:
        handler = TabbedInterface(
            [
                ObjectList(
                    [
                        FieldPanel("title"),
                        FieldPanel("summary"),
                        FieldPanel("image"),
                        *cls.own_panels,
                        FieldPanel("body"),
                        FieldPanel("related"),
                    ],
                    heading=_("Content"),
                ),
                ObjectList(cls.promote_panels, heading=_("Promote")),
                ObjectList(cls.settings_panels, heading=_("Settings")),
            ],
            base_form_class=cls.base_form_class,
        )
        return handler.bind_to_model(cls)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._inherit_language()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._inherit_language()
        super().minimal_clean()

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS and self.depth == 3:
            raise ValidationError({"slug": _("The address /%(slug)s/ is in use by the system.") % {"slug": self.slug}})

    def _inherit_language(self) -> None:
        if not self.language and self.path:
            parent = self.get_parent()
            self.language = getattr(parent.specific, "language", "") if parent else ""
        self.language = self.language or languages.DEFAULT
