"""What delivery adds to Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from cms.delivery.webhooks.admin import WebhookViewSet


@hooks.register("register_admin_viewset")
def webhooks() -> WebhookViewSet:
    return WebhookViewSet()
