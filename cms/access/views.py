"""Settings → API tokens: make one (it is shown once), see them, revoke them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.access.forms import ApiTokenForm
from cms.access.models import ApiToken
from cms.access.tokens import create_token, revoke

PERMISSION = "access.add_apitoken"


class NeedsPermission(PermissionRequiredMixin):
    """Wagtail turns the refusal into a message on the admin's home page."""

    permission_required = PERMISSION
    raise_exception = True


@method_decorator(never_cache, name="dispatch")
class TokensView(NeedsPermission, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg,misc]
    template_name = "access/tokens.html"
    form_class = ApiTokenForm
    page_title = gettext_lazy("API tokens")
    header_icon = "key"
    created: str = ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def form_valid(self, form: ApiTokenForm) -> HttpResponse:
        # Shown in the answer to the form and nowhere else: a redirect would have to keep it somewhere.
        _row, self.created = create_token(**form.values(), created_by=self.request.user)
        return self.render_to_response(self.get_context_data(form=self.form_class()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tokens = ApiToken.objects.select_related("created_by").order_by("-pk")
        return super().get_context_data(**kwargs, tokens=tokens, created=self.created)


class RevokeView(NeedsPermission, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        row = get_object_or_404(ApiToken, pk=pk)
        revoke(row)
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": row.name})
        return redirect(reverse("access_tokens"))
