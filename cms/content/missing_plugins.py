"""Pages whose plugin was uninstalled: the admin says what to do instead of failing."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex


class MissingPluginsInAdmin:
    """Wagtail shows such pages in the tree, but most of what it does with a page needs its model."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        route = request.resolver_match
        if route is None or not hasattr(request, "_messages") or isinstance(exception, Http404 | PermissionDenied):
            return None  # not the admin's request, or an answer
        page = Page.objects.filter(pk=route.kwargs.get("page_id")).first()
        if page is not None and page.specific_class is None:
            text = _(
                "“%(title)s” is of a plugin that is not installed (%(app)s). Install it to open or delete the page."
            )
            messages.error(request, text % {"title": page.title, "app": page.content_type.app_label})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        if (route.url_name or "").endswith("usage") and (apps := _apps_that_refer()):
            text = _("Pages of a plugin that is not installed (%(apps)s) use it. Install the plugin to see where.")
            messages.error(request, text % {"apps": ", ".join(apps)})
            return redirect("wagtailadmin_home")
        return None


def _apps_that_refer() -> list[str]:
    """Django apps that are gone, of objects that refer to others."""
    types = ContentType.objects.filter(pk__in=ReferenceIndex.objects.values("content_type"))
    return sorted({each.app_label for each in types if each.model_class() is None})
