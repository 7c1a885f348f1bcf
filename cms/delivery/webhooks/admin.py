"""Webhooks in the admin, under Settings."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from cms.delivery.models import Delivery, Webhook
from cms.delivery.webhooks import attempt, queue
from cms.delivery.webhooks.forms import ReplayForm, WebhookForm
from cms.publishing import reasons

PER_PAGE = 50
DROPPED = reasons.known(gettext_noop("dropped by %(user)s"))


def state(webhook: Webhook) -> str:
    if not webhook.enabled:
        if webhook.disabled_reason == "410":
            return _("disabled: the receiver answered that it is gone for good")
        return _("disabled")
    if attempt.is_paused(webhook):
        return _("the receiver does not answer as it should; trying again later")
    return _("working") if works(webhook) else _("failing")


def works(webhook: Webhook) -> bool:
    return webhook.enabled and not webhook.failures


def _remember_key(request: HttpRequest, webhook: Webhook) -> None:
    request.session[f"webhook-key-{webhook.pk}"] = webhook.key


class IndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Name"), get_url=lambda each: reverse("webhooks:inspect", args=[each.pk])),
            Column("url", label=_("Address")),
            StatusTagColumn(
                "state", label=_("State"), accessor=state, primary=lambda each: state(each) == _("working")
            ),
            Column("waiting", label=_("Waiting"), accessor=queue.waiting),
        ]


class CreateView(generic.CreateView):
    def save_instance(self) -> Webhook:
        webhook: Webhook = super().save_instance()
        _remember_key(self.request, webhook)
        return webhook

    def get_success_url(self) -> str:
        return reverse("webhooks:inspect", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []


class EditView(generic.EditView):
    def save_instance(self) -> Webhook:
        webhook: Webhook = super().save_instance()
        if webhook.enabled and {"enabled", "url"} & set(self.form.changed_data):
            queue.enable(webhook)
        return webhook

    def get_success_url(self) -> str:
        return reverse("webhooks:inspect", args=[self.object.pk])


class WebhookView(generic.InspectView):
    """State, log of deliveries, and what can be done."""

    template_name = "delivery/webhook.html"
    page_title = gettext_lazy("Webhook")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        webhook = self.object
        wanted = self.request.GET.get("status", "")
        rows = webhook.deliveries.order_by("-pk")
        if wanted in Delivery.Status.values:
            rows = rows.filter(status=wanted)
        page = WagtailPaginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            webhook=webhook,
            state=state(webhook),
            waiting=queue.waiting(webhook),
            new_key=self.request.session.pop(f"webhook-key-{webhook.pk}", ""),
            deliveries=page,
            statuses=Delivery.Status.choices,
            wanted=wanted,
            replay=kwargs.pop("replay", None) or ReplayForm(),
            may_change=_may_change(self.request),
            **kwargs,
        )


def _may_change(request: HttpRequest) -> bool:
    return bool(policy_registry.get_by_type(Webhook).user_has_permission(request.user, "change"))


def _chosen(request: HttpRequest) -> int | None:
    text = request.POST.get("delivery", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


class ActionView(View):
    """Buttons: a form with ``action``."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not _may_change(request):
            raise PermissionDenied
        webhook = get_object_or_404(Webhook, pk=pk)
        do = getattr(self, f"_{request.POST.get('action', '')}", None)
        if do is None:
            raise PermissionDenied
        do(request, webhook)
        return redirect("webhooks:inspect", pk)

    def _test(self, request: HttpRequest, webhook: Webhook) -> None:
        queue.send_test(webhook)
        messages.success(request, _("A test message is on its way. Reload this page to see the answer."))

    def _enable(self, request: HttpRequest, webhook: Webhook) -> None:
        queue.enable(webhook)
        messages.success(request, _("The webhook is enabled. What waited is sent now."))

    def _disable(self, request: HttpRequest, webhook: Webhook) -> None:
        webhook.enabled = False
        webhook.save()
        messages.success(request, _("The webhook is disabled. Messages wait until it is enabled again."))

    def _retry(self, request: HttpRequest, webhook: Webhook) -> None:
        queue.retry_now(webhook, _chosen(request))
        messages.success(request, _("It is tried again now."))

    def _drop(self, request: HttpRequest, webhook: Webhook) -> None:
        if chosen := _chosen(request):
            queue.drop(webhook, DROPPED % {"user": request.user.get_username()}, chosen)
            messages.success(request, _("The message is dropped. Later ones about the same page can be sent now."))

    def _replay(self, request: HttpRequest, webhook: Webhook) -> None:
        form = ReplayForm(request.POST)
        if form.is_valid():
            queue.go_on_from(webhook, form.position)
            messages.success(request, _("Everything since then is sent again."))
        else:
            for errors in form.errors.values():
                messages.error(request, " ".join(map(str, errors)))

    def _new_key(self, request: HttpRequest, webhook: Webhook) -> None:
        if webhook.change_key():
            _remember_key(request, webhook)
            messages.success(request, _("Messages are signed with the new key and with the one before."))
        else:
            messages.error(request, _("There are two keys already. Stop using the old one before you make another."))

    def _drop_key(self, request: HttpRequest, webhook: Webhook) -> None:
        webhook.previous_key = ""
        webhook.save()
        messages.success(request, _("Messages are signed with the new key alone."))


class WebhookViewSet(ModelViewSet):
    model = Webhook
    name = "webhooks"
    icon = "globe"
    menu_label = gettext_lazy("Webhooks")
    add_to_settings_menu = True
    menu_order = 700
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    inspect_view_class = WebhookView
    search_fields = ["name", "url"]
    list_filter = ["enabled"]

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        return WebhookForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("action/<int:pk>/", ActionView.as_view(), name="action")]
