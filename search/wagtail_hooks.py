"""What search adds to Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from search.desk.admin import SearchDesk


@hooks.register("register_admin_viewset")
def search_desk() -> SearchDesk:
    return SearchDesk()
