"""What search adds to Wagtail's admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail import hooks

from search.desk.admin import SearchDesk
from search.desk.views import QueriesView, WhyView


@hooks.register("register_admin_viewset")
def search_desk() -> SearchDesk:
    return SearchDesk()


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("search-desk/", QueriesView.as_view(), name="search_desk"),
        path("search-desk/why/", WhyView.as_view(), name="search_why"),
    ]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="search", codename="view_desk")
