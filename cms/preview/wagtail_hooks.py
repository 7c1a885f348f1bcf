from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.preview.sharing import RevokeView, ShareView, can_share


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("pages/<int:page_id>/share/", ShareView.as_view(), name="preview_share"),
        path("pages/<int:page_id>/share/<int:pk>/revoke/", RevokeView.as_view(), name="preview_revoke"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def share_button(page: Page, user: Any, next_url: str | None = None, view_name: str = "") -> Iterator[Button]:
    if page.pk and can_share(page, user):
        yield Button(_("Share draft"), reverse("preview_share", args=[page.pk]), icon_name="link", priority=12)
