"""URLs of a website made of the sample documents alone: the templates with neither database nor search engine."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from PIL import Image

from cms.website import messages
from cms.website.rendering import ListPage, render_document, render_page
from cms.website.search_page import search_page
from tests.unit.website import documents

PATHS = {each["path"]: each for each in documents.ALL.values()}
AROUND: dict[str, Any] = {"site": documents.SITE, "navigation": documents.NAVIGATION}
LISTED = [documents.event_summary(), documents.NEWS_SUMMARY, documents.SHOWCASE_SUMMARY, documents.ENGLISH_SUMMARY]


def lists(api_url: str, limit: int, cursor: str | None) -> ListPage:
    return ListPage(LISTED, previous=None, next="more")


def page(request: HttpRequest, path: str) -> HttpResponse:
    """``?language=`` and ``?now=`` (a day) change the document and the hour it is read."""
    if path == "fjernet/":
        return messages.gone(request, **AROUND)
    if path == "ikke-klar/":
        return messages.not_built(request)
    document = PATHS.get(f"/{path}")
    if document is None:
        return messages.not_found(request, **AROUND)
    if "language" in request.GET:
        document = document | {"language": request.GET["language"]}
    day = datetime.fromisoformat(request.GET.get("now", "2019-01-01")).replace(tzinfo=UTC)
    with patch("cms.website.rendering.timezone.now", lambda: day):
        return render_document(request, document, lists=lists, **AROUND)


def search(request: HttpRequest) -> HttpResponse:
    answer = documents.search_answer()
    if request.GET.get("q") == "ingenting":
        answer |= {"query": "ingenting", "total": 0, "results": [], "did_you_mean": "inkludering"}
    context = {"page": search_page(request.GET, answer), "hide_header_search": True}
    return render_page(request, ["search/page.html"], context, language="nb", **AROUND)


def media(request: HttpRequest, name: str) -> HttpResponse:
    file = BytesIO()
    Image.new("RGB", (96, 64), "#7aa394").save(file, "JPEG")
    return HttpResponse(file.getvalue(), content_type="image/jpeg")


website = [path("sok/", search, name="search"), re_path(r"^(?P<path>.*)$", page, name="page")]
urlpatterns = [path("media/<path:name>", media), path("", include((website, "website")))]
