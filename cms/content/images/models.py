"""Images with what a public body must know of them: description, credit, licence, consent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

LICENCES = [
    ("", _("Unknown")),
    ("own", _("Our own, all rights")),
    ("cc0", "CC0 / public domain"),
    ("cc-by-4.0", "CC BY 4.0"),
    ("cc-by-sa-4.0", "CC BY-SA 4.0"),
    ("cc-by-nc-4.0", "CC BY-NC 4.0"),
    ("nlod-2.0", "NLOD 2.0"),
    ("permission", _("Used by permission")),
]


class ContentImage(AbstractImage):
    default_alt = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it. Can be changed where the image is used."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Photographer or illustrator."))
    licence = models.CharField(_("licence"), max_length=40, blank=True, choices=LICENCES)
    consent_until = models.DateField(
        _("consent until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the people in the picture agree to be shown. After it, pages leave it out."),
    )
    withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)
    """Set by the worker when consent has run out; builders have no clock."""

    admin_form_fields = (
        *("title", "file", "default_alt", "credit", "licence", "consent_until"),
        # Wagtail's description would be a second alternative text.
        *(name for name in Image.admin_form_fields if name not in ("title", "file", "description")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.default_alt


class ContentRendition(AbstractRendition):
    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
