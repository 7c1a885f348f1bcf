"""What we add to Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.content import draftail
from cms.content.pages import ContentPage
from cms.content.topics import Topic
from cms.content.validation import messages, stops

hooks.register("register_rich_text_features", draftail.register_languages)


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_order = 350
    add_to_admin_menu = True
    list_display = ["label", "slug"]
    search_fields = ["label"]


register_snippet(TopicViewSet)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request: HttpRequest, page: Any) -> None:
    # An autosave asks for JSON and shows no messages; they would pile up for the next page.
    if isinstance(page, ContentPage) and request.accepts("text/html"):
        messages.tell(request, page)


@hooks.register("before_bulk_action")
def refuse_bulk_publish(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponseRedirect | None:
    """Nothing of the selection is published when a page of it must not be."""
    if action_type != "publish" or action.model.__name__ != "Page":
        return None
    stopped = False
    for page in _to_publish(objects, action.get_execution_context()["include_descendants"]):
        if isinstance(page, ContentPage) and (found := stops(page)):
            messages.refuse(request, page, found, reverse("wagtailadmin_pages:edit", args=[page.pk]))
            stopped = True
    return redirect(action.next_url) if stopped else None


def _to_publish(objects: Iterable[Any], include_descendants: bool) -> Iterable[Any]:
    for page in objects:
        yield page.get_latest_revision_as_object()
        if include_descendants:
            for draft in page.get_descendants().not_live():
                yield draft.get_latest_revision_as_object()


@hooks.register("insert_global_admin_css")
def editor_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("content/editor.css"))


@hooks.register("construct_help_menu")
def leave_out_release_notes(request: HttpRequest, items: list[Any]) -> None:
    """What is new in Wagtail is no news to editors."""
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
