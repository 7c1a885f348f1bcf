"""Texts of the admin's JavaScript: Wagtail's own, and those that its Norwegian lacks from cms/locale."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class _Texts(JavaScriptCatalog):
    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


_view = _Texts.as_view()


def admin_texts(request: HttpRequest) -> HttpResponse:
    """Stands in front of Wagtail's ``jsi18n/``, which reads no LOCALE_PATHS."""
    return get_localized_response(_view, request)
