"""The search desk: what communicators decide about searches, and what is counted of them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page, Site

from cms.content.languages import LANGUAGES
from search.desk import words
from search.desk.forms import QueryRuleForm, SynonymForm


def default_site() -> int | None:
    return Site.objects.order_by("-is_default_site", "pk").values_list("pk", flat=True).first()


class Synonym(models.Model):
    """``site`` None: of all sites; ``language`` "": in texts of any language."""

    class Direction(models.TextChoices):
        ONE_WAY = "one-way", _("One way: who searches for the word finds the synonyms as well")
        TWO_WAY = "two-way", _("Both ways: the word and its synonyms all find each other")

    word = models.CharField(
        _("word"),
        max_length=100,
        help_text=_("What visitors type, one word or several. Inflections come by themselves."),
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.ONE_WAY)
    others = models.TextField(
        _("synonyms"), help_text=_("What your pages call it, with commas between: leikskule, åpen barnehage.")
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        choices=[("", _("All languages")), *LANGUAGES],
        help_text=_("Choose one to find only pages that are written in it."),
    )
    site = models.ForeignKey(
        Site,
        verbose_name=_("website"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Leave empty for all websites."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues: why this is here."))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    base_form_class = SynonymForm
    panels = [
        FieldPanel("word"),
        FieldPanel("direction"),
        FieldPanel("others"),
        FieldPanel("language"),
        FieldPanel("site"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("word", "id")

    def __str__(self) -> str:
        arrow = "↔" if self.direction == self.Direction.TWO_WAY else "→"
        return f"{self.word} {arrow} {', '.join(words.split(self.others))}"


class QueryRule(ClusterableModel):
    """Pages that were chosen for some queries of a site: first, or never."""

    queries = models.TextField(
        _("searches"),
        help_text=_("What visitors search for, one on each line. Order and inflection of the words do not matter."),
    )
    site = models.ForeignKey(
        Site, verbose_name=_("website"), on_delete=models.CASCADE, default=default_site, related_name="+"
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues: why this is here."))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    base_form_class = QueryRuleForm
    panels = [
        FieldPanel("queries"),
        InlinePanel("pinned", heading=_("First in the results, in this order"), label=_("page")),
        InlinePanel("hidden", heading=_("Never in these results"), label=_("page")),
        FieldPanel("site"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ("queries", "id")

    def __str__(self) -> str:
        return ", ".join(self.lines())

    def lines(self) -> list[str]:
        return words.lines(self.queries)


class ChosenPage(models.Model):
    """The period: both days belong to it, None is without end."""

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("to"), null=True, blank=True, help_text=_("The day itself included."))

    panels = [PageChooserPanel("page"), FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.page.get_admin_display_title()  # type: ignore[no-any-return]


class PinnedPage(Orderable, ChosenPage):  # type: ignore[misc]
    rule = ParentalKey(QueryRule, on_delete=models.CASCADE, related_name="pinned")

    class Meta(Orderable.Meta):
        verbose_name = _("pinned page")


class HiddenPage(ChosenPage):
    rule = ParentalKey(QueryRule, on_delete=models.CASCADE, related_name="hidden")

    class Meta:
        verbose_name = _("hidden page")
        ordering = ("id",)


class RulesVersion(models.Model):
    """One row: another ``token`` after every change of a rule, so that processes know when to read them again."""

    ONLY = 1
    token = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.token


class Count(models.Model):
    """How often something was seen in an hour.

    text  small letters; no more is known of who typed it
    """

    # not given out by the database: whoever may only insert cannot be told a number
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site_id = models.IntegerField()
    text = models.CharField(max_length=100)
    hour = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.text} ({self.times})"


class SearchCount(Count):
    """``filtered``: some filter was used; ``degraded``: the standby answered."""

    hits = models.PositiveIntegerField()
    filtered = models.BooleanField()
    degraded = models.BooleanField()

    class Meta(Count.Meta):
        indexes = [models.Index(fields=["hour", "site_id"], name="searchcount_hour")]
        permissions = [("view_desk", _("Can see what visitors search for"))]


class ClickCount(Count):
    """``position`` of the page in the results, from 1."""

    document_id = models.BigIntegerField()
    position = models.PositiveIntegerField()

    class Meta(Count.Meta):
        indexes = [models.Index(fields=["hour", "site_id"], name="clickcount_hour")]
