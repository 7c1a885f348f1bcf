"""URLs of a website made of the sample documents alone: the templates with neither database nor search engine."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path
from PIL import Image

from cms.website import messages
from cms.website.rendering import ListPage, render_document, render_page
from cms.website.search_page import search_page
from search.contract import SearchDocument
from search.tantivy_engine import TantivyEngine
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
    """``q`` chooses what is shown: ``ingenting`` finds nothing, ``svekket`` is degraded, 500 characters are refused."""
    words, ignored = request.GET.get("q", ""), frozenset(name for name in request.GET if request.GET[name] == "feil")
    answer = documents.search_answer(query=words)
    if words == "ingenting":
        broader = [{"parameter": name, "total": 4} for name in request.GET if name != "q"]
        answer |= {"total": 0, "results": [], "did_you_mean": "inkludering", "broader": broader}
    elif words == "svekket":
        answer |= {"degraded": True}
    elif len(words) >= 500:
        answer, ignored = {}, frozenset({"q"})
    context = {"page": search_page(request.GET, answer, ignored, words), "hide_header_search": True}
    return render_page(request, ["search/page.html"], context, language="nb", **AROUND)


@cache
def engine() -> TantivyEngine:
    """Of the sample documents' titles, for suggestions."""
    made = TantivyEngine()
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    rows = [
        SearchDocument(
            id=number,
            version=1,
            site=1,
            type=each["type"],
            language="nb",
            path=each["path"],
            title=each["title"],
            sort_title=each["title"],
            passages=(),
            keys={},
            published=moment,
            starts=moment,
            ends=moment,
        )
        for number, each in enumerate(PATHS.values(), start=1)
    ]
    made.write(rows)
    return made


def suggest(request: HttpRequest) -> JsonResponse:
    """``langsomt`` takes its time, ``ødelagt`` breaks."""
    words = request.GET["q"]
    if words == "langsomt":
        time.sleep(0.7)
        return JsonResponse({"completions": ["langsomt svar"], "pages": []})
    if words == "ødelagt":
        return JsonResponse({}, status=503)
    found = engine().suggest(1, words, int(request.GET["limit"]))
    pages = [{"title": each.title, "url": each.path} for each in found.pages]
    return JsonResponse({"completions": found.completions, "pages": pages})


def media(request: HttpRequest, name: str) -> HttpResponse:
    file = BytesIO()
    Image.new("RGB", (96, 64), "#7aa394").save(file, "JPEG")
    return HttpResponse(file.getvalue(), content_type="image/jpeg")


website = [path("sok/", search, name="search"), re_path(r"^(?P<path>.*)$", page, name="page")]
urlpatterns = [
    path("api/v1/search/suggest/", suggest),
    path("media/<path:name>", media),
    path("", include((website, "website"))),
]
