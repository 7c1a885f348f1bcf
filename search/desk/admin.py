"""Synonyms and pinned results in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site

from cms.publishing.public import Publicness
from search.desk import words
from search.desk.views import PERMISSION
from search.models import PinnedPage, QueryRule, Synonym


def from_address(request: HttpRequest, name: str) -> str:
    """What a link to an empty form fills in."""
    return request.GET.get(name, "").replace("\0", "")[:100]


def site_from_address(request: HttpRequest) -> Site | None:
    asked = request.GET.get("site", "")
    return Site.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None


class SynonymIndex(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("word", label=_("Word"), get_url=self.get_edit_url, sort_key="word"),
            Column("others", label=_("Synonyms"), accessor=lambda each: ", ".join(words.split(each.others))),
            Column(
                "direction",
                label=_("Direction"),
                accessor=lambda each: _("both ways") if each.direction == "two-way" else _("one way"),
            ),
            Column("language", label=_("Language"), accessor=lambda each: each.get_language_display()),
            *([Column("site", label=_("Website"), accessor=lambda each: each.site or _("all"))] if _several() else []),
            UpdatedAtColumn(),
        ]


class SynonymCreate(generic.CreateView):
    def get_initial_form_instance(self) -> Synonym:
        return Synonym(
            word=from_address(self.request, "word"), site=site_from_address(self.request) if _several() else None
        )


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "search-synonyms"
    icon = "search"
    menu_label = gettext_lazy("Synonyms")
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = SynonymIndex
    add_view_class = SynonymCreate
    search_fields = ["word", "others", "note"]
    list_filter = ["direction", "language"]
    list_export = ["word", "direction", "others", "language", "site", "note"]


class RuleIndex(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("queries", label=_("Searches"), accessor=str, get_url=self.get_edit_url, sort_key="queries"),
            Column("pinned", label=_("Come first"), accessor=lambda each: _titles(each.pinned.all())),
            Column("hidden", label=_("Never come"), accessor=lambda each: _titles(each.hidden.all())),
            *([Column("site", label=_("Website"))] if _several() else []),
            UpdatedAtColumn(),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("pinned__page", "hidden__page")


class TellsWhatIsNotPublic:
    """A pinned page that visitors cannot read is no fault, since they may be let in tomorrow; but it is told."""

    request: HttpRequest
    object: Any

    def save_action(self) -> Any:
        publicness = Publicness()
        for row in PinnedPage.objects.filter(rule=self.object).select_related("page"):
            if not row.page.live:
                text = _("“%(page)s” is not published, so visitors do not see it in their results until it is.")
            elif not publicness.is_public(row.page.specific):
                text = _("“%(page)s” is not open to everybody, so visitors do not see it in their results.")
            else:
                continue
            messages.warning(self.request, text % {"page": row.page.get_admin_display_title()})
        return super().save_action()  # type: ignore[misc]


class RuleCreate(TellsWhatIsNotPublic, generic.CreateView):
    def get_initial_form_instance(self) -> QueryRule:
        given = {"site": site} if (site := site_from_address(self.request)) else {}
        return QueryRule(queries=from_address(self.request, "queries"), **given)


class RuleEdit(TellsWhatIsNotPublic, generic.EditView):
    pass


class QueryRuleViewSet(ModelViewSet):
    model = QueryRule
    name = "search-pinned"
    icon = "pick"
    menu_label = gettext_lazy("Pinned results")
    copy_view_enabled = False
    index_view_class = RuleIndex
    add_view_class = RuleCreate
    edit_view_class = RuleEdit
    search_fields = ["queries", "note"]


class DeskMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


class SearchDesk(ViewSetGroup):
    menu_label = gettext_lazy("Search desk")
    menu_name = "search-desk"
    menu_icon = "search"
    menu_order = 360
    items = (SynonymViewSet, QueryRuleViewSet)

    def get_submenu_items(self) -> list[Any]:
        queries = DeskMenuItem(
            gettext_lazy("What visitors search for"), reverse_lazy("search_desk"), icon_name="history", order=0
        )
        why = DeskMenuItem(gettext_lazy("Why is this here?"), reverse_lazy("search_why"), icon_name="help", order=10)
        return [queries, *super().get_submenu_items(), why]


def _titles(rows: Any) -> str:
    today = timezone.localdate()
    found = []
    for row in rows:
        title = row.page.get_admin_display_title()
        if not row.page.live:
            title = _("%(page)s (not published)") % {"page": title}
        elif row.last_day and row.last_day < today:
            title = _("%(page)s (over)") % {"page": title}
        elif row.first_day and row.first_day > today:
            title = _("%(page)s (not yet)") % {"page": title}
        found.append(title)
    return ", ".join(found)


def _several() -> bool:
    return Site.objects.count() > 1
