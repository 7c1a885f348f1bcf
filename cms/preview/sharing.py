"""Share draft: an editor makes a link for somebody without an account, sees the page's links and revokes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.plugins import registry
from cms.preview import drafts, grants
from cms.preview.forms import DEPTHS, ShareForm
from cms.preview.models import PreviewToken
from cms.preview.places import place_of
from cms.publishing.public import Publicness


@dataclass(frozen=True, slots=True)
class Row:
    """A link in the list. ``is_stale``: the page was published or unpublished since."""

    token: PreviewToken
    opens: str
    is_stale: bool


def can_share(page: Page, user: Any) -> bool:
    """For those who may edit the page, if it is of a type that we know how to show."""
    known = registry.by_model(page.specific_class) is not None
    return known and bool(page.permissions_for_user(user).can_edit())


class _OfPage(View):
    @cached_property
    def page(self) -> Page:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"])
        if not can_share(page, self.request.user):
            raise PermissionDenied
        return page

    def links(self) -> Any:
        return PreviewToken.objects.filter(page_id=self.page.pk, purpose=PreviewToken.Purpose.SHARE)


@method_decorator(never_cache, name="dispatch")
class ShareView(_OfPage, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg,misc]
    template_name = "preview/share.html"
    form_class = ShareForm
    page_title = gettext_lazy("Share draft")
    header_icon = "link"
    created: str = ""

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_header_title()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _page = self.page  # whoever may not share it sees nothing
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: ShareForm) -> HttpResponse:
        site = Publicness().site_of(self.page)
        if not drafts.has_draft(self.page) or site is None:
            return redirect(self.request.path)
        # Shown in the answer to the form and nowhere else: a redirect would have to keep it somewhere.
        _row, token = grants.share(self.page, self.request.user, **form.values())
        self.created = self.request.build_absolute_uri(place_of(token, site).url)
        return self.render_to_response(self.get_context_data(form=self.form_class()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = drafts.state_of(self.page)
        opens = {depth: str(text) for depth, text in DEPTHS}
        rows = [
            Row(each, opens.get(each.depth, ""), each.page_state != state)
            for each in self.links().select_related("created_by").order_by("-pk")
        ]
        return super().get_context_data(
            **kwargs,
            page=self.page,
            rows=rows,
            created=self.created,
            has_draft=drafts.has_draft(self.page),
            has_site=Publicness().site_of(self.page) is not None,
        )


class RevokeView(_OfPage):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int, pk: int) -> HttpResponseBase:
        found = self.links().filter(pk=pk)
        if not found.exists():
            raise Http404
        grants.revoke(found)
        messages.success(request, _("The link is revoked: it shows nothing any more."))
        return redirect("preview_share", page_id)
