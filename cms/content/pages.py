"""The base of every content type: what all pages have, and how the API shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from cms.content import languages, previews
from cms.content.blocks.body import body_field
from cms.content.blocks.media import ImageBlock
from cms.content.fields import BlocksField
from cms.content.topics import topic_slug
from cms.content.validation import Finding, PublishingForm, refuse_stops, stop
from cms.plugins import registry
from cms.plugins.names import RESERVED_SLUGS
from cms.plugins.spec import ContentSpec


def image_field(**options: Any) -> BlocksField:
    """One image with its texts in this place."""
    return BlocksField([("image", ImageBlock())], max_num=1, blank=True, **options)


def images_field(**options: Any) -> BlocksField:
    return BlocksField([("image", ImageBlock())], blank=True, **options)


class ContentPage(Page):
    """Subclasses declare ``content_spec`` and the panels of their own fields.

    own_panels   what the page is made of: above the body
    more_panels  what is known of it besides: below the body
    """

    content_spec: ClassVar[ContentSpec]
    own_panels: ClassVar[list[Any]] = []
    more_panels: ClassVar[list[Any]] = []
    base_form_class = PublishingForm

    future_parent: Any = None
    """Where a new page will stand; the form sets it, as the page is checked before it is in the tree."""

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
    related = BlocksField(
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
            [
                FieldPanel(
                    "slug",
                    heading=_("Address"),
                    help_text=_("The last part of the page's address. Old addresses lead here when it is changed."),
                ),
                FieldPanel(
                    "show_in_menus",
                    help_text=_("What stands right below the home page can be in the main menu."),
                ),
                FieldPanel("language"),
            ],
            heading=_("Place and language"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("seo_title", help_text=_("Left empty, the page's own title is used.")),
                FieldPanel("search_description", help_text=_("Left empty, the summary is used.")),
                FieldPanel("noindex"),
            ],
            heading=_("For search engines"),
        ),
    ]
    settings_panels = [PublishingPanel()]

    @classmethod
    def get_edit_handler(cls) -> Any:
        handler = TabbedInterface(
            [
                ObjectList(
                    [
                        TitleFieldPanel("title", help_text=_("What visitors see, in lists and search results too.")),
                        FieldPanel("summary"),
                        FieldPanel("image", help_text=_("Press + to choose or upload the picture on top of the page.")),
                        *cls.own_panels,
                        FieldPanel("body", help_text=_("Press + and choose a part: text, picture, list …")),
                        *cls.more_panels,
                        FieldPanel("related"),
                    ],
                    heading=_("Content"),
                ),
                ObjectList(cls.promote_panels, heading=_("Address and search")),
                ObjectList(cls.settings_panels, heading=_("Settings")),
            ],
            base_form_class=cls.base_form_class,
        )
        return handler.bind_to_model(cls)

    @classmethod
    def can_exist_under(cls, parent: Any) -> bool:
        """Only types that say so stand beside the home page."""
        return super().can_exist_under(parent) and not (
            parent.is_root() and getattr(cls, "parent_page_types", None) is None
        )

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Pages of a disabled plugin stay, but there are no new ones."""
        enabled = registry.by_model(cls) is not None  # type: ignore[arg-type]
        return enabled and super().can_create_at(parent)

    def findings(self) -> Iterator[Finding]:
        """What the type knows to be wrong beyond its single fields and blocks. Subclasses add theirs to these."""
        above = self._above()
        if self.slug in {*RESERVED_SLUGS, *settings.LOCALES[1:]} and above is not None and above.depth == 2:
            yield stop(gettext("The address /%(slug)s/ is in use by the system.") % {"slug": self.slug}, "slug")

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        if clean and self.live and kwargs.get("update_fields") is None:
            refuse_stops(self)
        return super().save(clean=clean, **kwargs)

    def publish(self, revision: Any, **kwargs: Any) -> Any:
        """A page that goes live later is looked at now as well, while somebody is there to correct it."""
        at = self._meta.get_field("go_live_at").to_python(revision.content.get("go_live_at"))
        if at and at > timezone.now():
            refuse_stops(revision.as_object())
        return super().publish(revision, **kwargs)

    def copy(self, *args: Any, update_attrs: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """A copy for the tree of another locale is there to be translated: its text will be in that language."""
        if update_attrs and "locale" in update_attrs:
            code = update_attrs["locale"].language_code
            if code in dict(languages.LANGUAGES):
                update_attrs = {**update_attrs, "language": code}
        return super().copy(*args, update_attrs=update_attrs, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return previews.render(self, request)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._fill_in()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._fill_in()
        super().minimal_clean()

    def _fill_in(self) -> None:
        """What an editor need not write. Some titles have nothing to make a slug of."""
        if not self.slug and self.path:  # type: ignore[has-type]
            self.slug = self._get_autogenerated_slug(topic_slug(self.title) or self.content_spec.type)
        if not self.language and (above := self._above()):
            self.language = getattr(above.specific, "language", "")
        self.language = self.language or languages.DEFAULT

    def _above(self) -> Any:
        return self.get_parent() if self.path else self.future_parent
