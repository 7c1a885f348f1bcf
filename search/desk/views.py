"""What visitors search for, and why a page is found or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, Site

from search.contract import SearchError
from search.desk import figures
from search.desk.figures import Kind, Period, Row
from search.desk.forgetting import KEPT
from search.desk.why import Why, why
from search.models import QueryRule, Synonym
from search.question import ask
from search.rules import Key, Words, key_of, terms_of

PERMISSION = "search.view_desk"
SHOWN = 100
EXPORTED = 5_000
FORMULA = ("=", "+", "-", "@", "\t")

KINDS: dict[Kind, Any] = {
    "top": gettext_lazy("Most searched for"),
    "no-results": gettext_lazy("Without results"),
    "no-clicks": gettext_lazy("Results, but none opened"),
}


def choose_site(request: HttpRequest, sites: list[Site]) -> Site | None:
    asked = request.GET.get("site", "")
    named = [site for site in sites if str(site.pk) == asked]
    return next(iter([*named, *(site for site in sites if site.is_default_site), *sites]), None)


class DeskPage(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """``site`` is chosen in the address; without one it is the default site."""

    permission_required = PERMISSION
    raise_exception = True
    header_icon = "search"

    @cached_property
    def sites(self) -> list[Site]:
        return list(Site.objects.order_by("-is_default_site", "hostname", "port"))

    @cached_property
    def site(self) -> Site | None:
        return choose_site(self.request, self.sites)

    @cached_property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(site=self.site, sites=self.sites if len(self.sites) > 1 else [], **kwargs)


class PeriodForm(forms.Form):
    """The last days, or days of one's own."""

    days = forms.ChoiceField(
        label=gettext_lazy("Period"),
        choices=[
            ("7", gettext_lazy("The last 7 days")),
            ("30", gettext_lazy("The last 30 days")),
            ("own", gettext_lazy("From and to")),
        ],
        required=False,
    )
    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def period(self) -> Period:
        """Of a faulty form: the last seven days."""
        today = timezone.localdate()
        oldest = today - KEPT
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("days") == "own":
            last = min(data.get("last") or today, today)
            first = max(data.get("first") or oldest, oldest)
            return Period(min(first, last), last)
        return Period(today - timedelta(days=int(data.get("days") or 7) - 1), today)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The last day is before the first one."))
        if data.get("days") != "own" and (data.get("first") or data.get("last")):
            self.add_error("days", _("Choose “From and to” for the days you wrote, or leave them empty."))
        return data


class Known:
    """What there is already for a text, so that nobody writes it twice."""

    def __init__(self, site: Site, search_page: str) -> None:
        self._site, self._search_page = site, search_page
        self._rules: dict[Key, int] = {
            key_of(ask(line)): row.pk for row in QueryRule.objects.filter(site=site) for line in row.lines()
        }
        synonyms = Synonym.objects.filter(site=None) | Synonym.objects.filter(site=site)
        self._synonyms: dict[Words, int] = {terms_of(row.word): row.pk for row in synonyms}

    def links(self, request: HttpRequest, text: str) -> dict[str, str]:
        """Where a click leads: to the entry there is, or to a new one with the text in it."""
        site = self._site.pk
        found = {"results": f"{self._search_page}?{urlencode({'q': text})}"}
        found["why"] = f"{reverse('search_why')}?{urlencode({'q': text, 'site': site})}"
        if synonym := self._synonyms.get(terms_of(text)):
            if request.user.has_perm("search.change_synonym"):
                found["synonym_there"] = reverse("search-synonyms:edit", args=[synonym])
        elif request.user.has_perm("search.add_synonym"):
            found["synonym"] = f"{reverse('search-synonyms:add')}?{urlencode({'word': text, 'site': site})}"
        if rule := self._rules.get(key_of(ask(text))):
            if request.user.has_perm("search.change_queryrule"):
                found["pin_there"] = reverse("search-pinned:edit", args=[rule])
        elif request.user.has_perm("search.add_queryrule"):
            found["pin"] = f"{reverse('search-pinned:add')}?{urlencode({'queries': text, 'site': site})}"
        return found


def without_formula(text: str) -> str:
    """A spreadsheet would take the text for one."""
    return f"'{text}" if text.startswith(FORMULA) else text


class QueriesView(SpreadsheetExportMixin, DeskPage):
    template_name = "search/desk/queries.html"
    page_title = gettext_lazy("What visitors search for")
    list_export = ["text", "searches", "hits", "filtered", "clicks", "rate"]
    export_headings = {
        "text": gettext_lazy("Search"),
        "searches": gettext_lazy("Times"),
        "hits": gettext_lazy("Results"),
        "filtered": gettext_lazy("With filters"),
        "clicks": gettext_lazy("Opened"),
        "rate": gettext_lazy("Opened per 100"),
    }
    custom_field_preprocess = {"text": {"csv": without_formula, "xlsx": without_formula}}
    export_filename = "search"

    @cached_property
    def form(self) -> PeriodForm:
        return PeriodForm({"days": "7", **self.request.GET.dict()})

    @property
    def search_page(self) -> str:
        page = reverse("website:search")
        return f"{self.site.root_url}{page}" if self.site and len(self.sites) > 1 else page

    @cached_property
    def kind(self) -> Kind:
        asked = self.request.GET.get("kind", "top")
        return asked if asked in KINDS else "top"

    def rows(self, limit: int) -> list[Row]:
        return figures.rows(self.site.pk, self.form.period(), self.kind, limit) if self.site else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.is_export:
            return self.as_spreadsheet(self.rows(EXPORTED), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period = self.form.period()
        asked = {name: value for name, value in self.request.GET.items() if name in ("site", "days", "first", "last")}
        known = Known(self.site, self.search_page) if self.site else None
        rows = [(row, known.links(self.request, row.text)) for row in self.rows(SHOWN)] if known else []
        return super().get_context_data(
            form=self.form,
            kind=self.kind,
            tabs=[(name, label, f"?{urlencode({**asked, 'kind': name})}") for name, label in KINDS.items()],
            period=period,
            rows=rows,
            sums=figures.sums(self.site.pk, period) if self.site else None,
            least=settings.SEARCH_LOG_LEAST,
            counted=settings.SEARCH_LOG,
            shown=SHOWN,
            view=self,
            **kwargs,
        )


class WhyForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), max_length=500)
    page = forms.ModelChoiceField(Page.objects.all(), label=gettext_lazy("Page"), widget=AdminPageChooser())


class WhyView(DeskPage):
    template_name = "search/desk/why.html"
    page_title = gettext_lazy("Why is this here?")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: Mapping[str, str] = self.request.GET
        form = WhyForm(given if given.get("page") else None, initial={"q": given.get("q", "")})
        found: Why | None = None
        unavailable = False
        if self.site and form.is_valid():
            try:
                found = why(self.site.pk, form.cleaned_data["q"], form.cleaned_data["page"])
            except SearchError:
                unavailable = True
        return super().get_context_data(
            form=form,
            why=found,
            unavailable=unavailable,
            may_pin=self.request.user.has_perm("search.change_queryrule"),
            media=form.media,
            **kwargs,
        )
