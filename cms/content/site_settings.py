"""What the whole site says of itself: contact, footer, social media, statements. One row per Wagtail site."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import StreamBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from cms.content.blocks.links import LinkBlock
from cms.content.fields import BlocksField
from cms.content.rich_text import FEATURES


class SocialLinks(StreamBlock):
    link = LinkBlock()


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    name = models.CharField(_("name"), max_length=255, blank=True, help_text=_("The organisation's or website's name."))
    contact_name = models.CharField(_("name"), max_length=255, blank=True)
    contact_address = models.CharField(_("address"), max_length=255, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("phone number"), max_length=40, blank=True)
    organisation_number = models.CharField(_("organisation number"), max_length=20, blank=True)
    social = BlocksField(SocialLinks(), verbose_name=_("social media"), blank=True)
    footer = RichTextField(_("footer"), blank=True, features=FEATURES)
    footer_menu = BlocksField(SocialLinks(), verbose_name=_("links in the footer"), blank=True)
    accessibility_statement = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    privacy = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldPanel("contact_address"),
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
                FieldPanel("organisation_number"),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("social"),
        FieldPanel("footer"),
        FieldPanel("footer_menu"),
        PageChooserPanel("accessibility_statement"),
        PageChooserPanel("privacy"),
    ]

    class Meta:
        verbose_name = _("about the website")
