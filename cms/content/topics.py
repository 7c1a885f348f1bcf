"""Topics: what pages are about, chosen from one list and edited as snippets."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


def topic_slug(label: str) -> str:
    """A label as it stands in URLs.

    >>> topic_slug("Arbeidsmiljø og næring")
    'arbeidsmiljo-og-naering'
    """
    return slugify(label.translate(FOLDED))


class Topic(models.Model):
    label = models.CharField(_("label"), max_length=100)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True, blank=True, help_text=_("Made from the label when left empty.")
    )

    panels = [FieldPanel("label"), FieldPanel("slug")]

    class Meta:
        ordering = ["label", "id"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.label

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or topic_slug(self.label)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        self.slug = self.slug or topic_slug(self.label)
        if not self.slug:
            raise ValidationError({"label": _("Write a label with at least one letter or digit.")})
        if Topic.objects.filter(slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError({"label": _("There is already a topic of this name.")})
