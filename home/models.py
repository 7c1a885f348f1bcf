"""Home page, sections and plain pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.content.blocks.people import PersonBlock
from cms.content.fields import BlocksField
from cms.content.pages import ContentPage
from cms.plugins.spec import ContentSpec, Expose
from home.section_listing import Children, SectionListing, SectionListingBlock


class HomePage(ContentPage):
    content_spec = ContentSpec(type="home", plural="home", schema_org="WebSite", fields=(Expose("body", search=1.0),))
    parent_page_types = ["wagtailcore.Page"]
    page_description = _("The front page of a website.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class SectionPage(ContentPage):
    content_spec = ContentSpec(
        type="section",
        plural="sections",
        schema_org="CollectionPage",
        fields=(
            Expose("body", search=1.0),
            Expose("listing", kind=SectionListing()),
            Expose("children", kind=Children()),
        ),
    )
    page_description = _("A part of the website, with its own place in the menu: news, events, about us.")
    own_panels = [FieldPanel("listing")]
    show_in_menus_default = True

    listing = BlocksField(
        [("listing", SectionListingBlock())],
        verbose_name=_("list of pages"),
        max_num=1,
        blank=True,
        help_text=_("Which pages the section lists; without it, it lists what lies below it."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class PlainPage(ContentPage):
    content_spec = ContentSpec(
        type="page",
        plural="pages",
        fields=(Expose("contacts", search=0.5), Expose("body", search=1.0)),
    )
    page_description = _("Text and pictures that stay as they are: contact, privacy, about a service.")
    more_panels = [FieldPanel("contacts")]

    contacts: Any = BlocksField([("person", PersonBlock())], verbose_name=_("contacts"), blank=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
