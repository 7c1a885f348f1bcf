from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.content.watch import watched
from cms.publishing.report import PERMISSION, PublishingReport
from cms.publishing.signals import leave_notes


@hooks.register("after_bulk_action")
def note_bulk_action(request: Any, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Some bulk actions (images into another collection) are one SQL statement, without signals."""
    for each in objects:
        if targets := watched.get(type(each)):
            leave_notes(each, targets)


class ReportMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_admin_urls")
def report_url() -> list[URLPattern]:
    return [path("reports/publishing/", PublishingReport.as_view(), name="publishing_report")]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReportMenuItem(_("Publishing"), reverse_lazy("publishing_report"), icon_name="history", order=100)


@hooks.register("register_permissions")
def report_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="publishing", codename="change_parked")
