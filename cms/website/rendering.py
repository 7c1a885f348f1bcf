"""A document becomes a page. Everything that is shown comes from the JSON that the API serves as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone, translation

from cms.website.elsewhere import without_paths_of_others
from cms.website.headers import secure
from cms.website.languages import ui_language
from cms.website.names import is_template_name


@dataclass(frozen=True, slots=True)
class ListPage:
    """Summaries of one page of a list; cursors are null at the ends."""

    results: list[dict[str, Any]]
    previous: str | None = None
    next: str | None = None


Lists = Callable[[str, int, str | None], ListPage]
"""Runs the list behind an ``api_url`` of a document: ``lists(api_url, limit, cursor)``."""


class Images:
    """Counts the images of a page while it is rendered: the first is loaded at once, the rest when they come near."""

    def __init__(self) -> None:
        self._any = False

    def take_first(self) -> bool:
        first, self._any = not self._any, True
        return first


def render_document(
    request: HttpRequest,
    document: Mapping[str, Any],
    *,
    site: Mapping[str, Any],
    navigation: Mapping[str, Any],
    locale: str = "",
    origin: str = "",
    preview: bool = False,
    lists: Lists | None = None,
    cursor: str | None = None,
) -> HttpResponse:
    """A document's page: ``pages/{type}.html``, or ``pages/default.html`` for a type without a template of its own.

    ``lists`` answers the listings that a document leaves open (those that depend on the hour); without it they are
    left out. ``cursor`` turns the page of a section's listing. ``origin`` is what absolute addresses of the site begin
    with. A preview is never stored and has the editor's tools.
    """
    kind = str(document.get("type", ""))
    names = [f"pages/{kind}.html"] if is_template_name(kind) else []
    context = {"document": without_paths_of_others(document), "lists": lists, "cursor": cursor, "origin": origin}
    language = str(document.get("language") or site.get("default_locale") or "")
    return render_page(
        request,
        [*names, "pages/default.html"],
        context,
        language=language,
        site=site,
        navigation=navigation,
        locale=locale,
        preview=preview,
    )


def render_page(
    request: HttpRequest,
    templates: list[str],
    context: Mapping[str, Any],
    *,
    language: str,
    site: Mapping[str, Any],
    navigation: Mapping[str, Any],
    locale: str = "",
    preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Any page of the website in the given language, with header, menu and footer of a tree ("": the default one)."""
    ui = ui_language(language)
    default_locale = str(site.get("default_locale") or ui)
    locale = locale or default_locale
    with translation.override(ui):
        html = loader.select_template(templates).render(
            {
                "site": site,
                "navigation": navigation,
                "locale": locale,
                "home_path": "/" if locale == default_locale else f"/{locale}/",
                "language": language or ui,
                "ui_language": ui,
                "preview": preview,
                "images": Images(),
                "now": timezone.now(),
                **context,
            },
            request,
        )
    response = HttpResponse(html, status=status)
    response["Content-Language"] = language or ui
    if preview:
        response["Cache-Control"] = "no-store"
    else:
        secure(response)
    return response
