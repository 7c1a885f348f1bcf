from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.access.views import PERMISSION, RevokeView, TokensView


class TokensMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("api-tokens/", TokensView.as_view(), name="access_tokens"),
        path("api-tokens/<int:pk>/revoke/", RevokeView.as_view(), name="access_revoke"),
    ]


@hooks.register("register_settings_menu_item")
def menu_item() -> MenuItem:
    return TokensMenuItem(_("API tokens"), reverse_lazy("access_tokens"), name="api-tokens", icon_name="key", order=900)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="access", codename="add_apitoken")
