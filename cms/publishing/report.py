"""The report *Publishing* in the admin: what waits, what failed and why, who follows the log and how far."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.publishing import auditor, audits, projection, waiting
from cms.publishing.lease import holder_alive
from cms.publishing.models import Note, Parked

PERMISSION = "publishing.change_parked"
SHOWN = 100


class PublishingReport(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    template_name = "publishing/report.html"
    page_title = gettext_lazy("Publishing")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        failed = Note.objects.exclude(error="").order_by("pk")
        parked = Parked.objects.order_by("consumer", "document_id")
        return super().get_context_data(
            is_built=projection.is_built(),
            worker=holder_alive("projector"),
            last_change=waiting.last_change(),
            notes=waiting.notes(),
            failed=failed[:SHOWN],
            failed_count=failed.count(),
            followers=waiting.followers(),
            parked=parked[:SHOWN],
            parked_count=parked.count(),
            audits=audits.last(),
            differing=len(auditor.differing()) if "check" in self.request.GET else None,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        what, action = request.POST.get("what", ""), request.POST.get("action")
        if action == "retry":
            waiting.retry(what)
            messages.success(request, _("It is tried again now. Reload this page to see what came of it."))
        elif action == "drop":
            consumer, _between, page = what.partition(" page:")
            if page.isdecimal():
                waiting.drop(consumer, int(page))
                messages.success(request, _("It is given up until the page changes again."))
        return redirect("publishing_report")
