"""A page refused outside its form: the admin says why instead of failing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.content.validation import PublishingStopped, messages


class StopsInAdmin:
    """Workflow approval and the like publish without the page's form; they end here when the page has stops."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PublishingStopped) or not hasattr(request, "_messages"):
            return None  # somebody else's exception, or not the admin's request
        # a copy that was not made has no id: what can be corrected is the page that it was to be a copy of
        route = request.resolver_match
        page_id = exception.page.pk or (route and route.kwargs.get("page_id"))
        target = reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else reverse("wagtailadmin_explore_root")
        messages.refuse(request, exception.page, exception.findings, target)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # the dialogs of Wagtail's workflows
            return JsonResponse({"step": "success", "redirect": target})
        return redirect(target)
