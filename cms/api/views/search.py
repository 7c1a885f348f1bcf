"""Search and suggestions."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from cms.api import common, links, searching
from cms.api.parameters import Parameter, query_of, read
from cms.api.responses import json_response
from cms.api.searching import SearchRequest
from cms.api.values import Text, Whole
from cms.publishing import reads
from cms.publishing.hosts import host_of
from search import service
from search.contract import Answer, SearchError
from search.desk import counting

SUGGEST = (
    Parameter(
        name="q",
        value=Text(searching.LONGEST, blank=True),
        description="What has been typed so far.",
        example="konf",
    ),
    Parameter(name="limit", value=Whole(1, 20), default=8, description="How many of each kind at most."),
    common.SITE,
)


def search(request: HttpRequest) -> HttpResponse:
    asked = searching.parse_search(query_of(request), host_of(request))
    next_url = links.with_parameter(request, "offset", str(asked.query.offset + asked.query.limit))
    found = searching.find(asked)
    _count(request, asked, found)
    body, ends = searching.answer(asked, found, next_url)
    return json_response(request, body, tags=["search"], ends=ends)


def _count(request: HttpRequest, asked: SearchRequest, found: Answer) -> None:
    """Turning the page is no search, nor is what a machine or a browser fetches in advance."""
    query, headers = asked.query, request.META
    if request.method != "GET" or query.offset or not query.text.strip() or "HTTP_SEC_PURPOSE" in headers:
        return
    if not counting.is_machine(headers.get("HTTP_USER_AGENT", "")):
        filtered = bool(query.keys or query.when or query.date_from or query.date_to)
        counting.recorder.searched(
            asked.site.id, query.text, hits=found.total, filtered=filtered, degraded=found.degraded
        )


def suggest(request: HttpRequest) -> HttpResponse:
    values = read(SUGGEST, query_of(request))
    site = common.site_of(values, host_of(request))
    text = values.get("q", "")
    try:
        found = service.suggest(site.id, text, values["limit"])
    except SearchError as error:
        raise searching.unavailable() from error
    live = {row.id: row for row in reads.documents(site.id, [page.id for page in found.pages])}
    pages = [_page(live[page.id].summary) for page in found.pages if page.id in live]
    body = {
        "query": text,
        "pages": pages,
        "completions": list(found.completions),
        "engine": found.engine,
        "degraded": found.degraded,
    }
    ends = (site.next_live_at, searching.soon(found.degraded), *(row.fresh_until for row in live.values()))
    return json_response(request, orjson.dumps(body), tags=["suggest"], ends=ends)


def _page(summary: bytes) -> dict[str, object]:
    shown = orjson.loads(summary)
    return {name: shown[name] for name in ("id", "type", "title", "path", "url")}
