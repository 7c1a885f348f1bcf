"""Search: its parameters, the query that they mean, and the answer as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import orjson
from django.utils import timezone

from cms.api import common
from cms.api.cursors import MAX_ID
from cms.api.facets import facet_names, facets_json
from cms.api.filters import filter_parameters
from cms.api.freshness import BRIEF_S
from cms.api.lists import check_order, orders
from cms.api.parameters import Parameter, read
from cms.api.problems import Fault, ProblemError, invalid
from cms.api.values import OneOf, Text, Whole
from cms.content import times
from cms.publishing import reads
from cms.publishing.reads import SiteRow
from search import service
from search.contract import MAX_OFFSET, Answer, Highlight, Hit, SearchError, SearchQuery

LONGEST = 500
Q = Parameter(
    name="q",
    value=Text(LONGEST, blank=True),
    description='Words, "phrases" and -exclusions. Empty or left out: everything that passes the filters.',
    example="digital tilgjengelighet",
)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    site: SiteRow
    query: SearchQuery


@cache
def search_parameters() -> tuple[Parameter, ...]:
    types = common.all_types()
    return (
        Q,
        *common.core_filters(types),
        *filter_parameters(types),
        Parameter(name="similar_to", value=Whole(1, MAX_ID), description="Id of a page: others like it.", example=12),
        Parameter(
            name="order",
            value=OneOf(("relevance", *orders(types))),
            description="By relevance where there is something to rank by, otherwise newest first.",
        ),
        common.limit(),
        Parameter(name="offset", value=Whole(0, MAX_OFFSET), default=0, description="How many results to pass over."),
        common.SITE,
    )


def parse_search(query: str, host: str) -> SearchRequest:
    """The query string of a search. Raises ProblemError with every fault, NotBuilt. One SQL query: the site."""
    types = common.all_types()
    values = read(search_parameters(), query)
    selected = common.selected_types(types, values)
    filters = filter_parameters(types)
    faults = common.check_filters(types, values, filters) + check_order(values.get("order", ""), selected)
    if values.get("q", "").strip() and "similar_to" in values:
        faults.append(Fault("similar_to", "it cannot go with `q`.", "Leave one of the two out."))
    if faults:
        raise invalid(faults)
    site = common.site_of(values, host)
    keys = common.keys_of(values, filters)
    if "type" in values:
        keys = (("type", selected), *keys)
    return SearchRequest(
        site,
        SearchQuery(
            site=site.id,
            text=values.get("q", ""),
            keys=keys,
            when=values.get("when", ()),
            order=values.get("order"),
            limit=values["limit"],
            offset=values["offset"],
            facets=facet_names(selected),
            similar_to=values.get("similar_to"),
            **common.days_of(values),
        ),
    )


def find(asked: SearchRequest) -> Answer:
    """Raises ProblemError while the engine cannot answer."""
    try:
        return service.search(asked.query)
    except SearchError as error:
        raise unavailable() from error


def answer(
    asked: SearchRequest, found: Answer, next_url: str | None = None
) -> tuple[bytes, tuple[datetime | None, ...]]:
    """The JSON of a search, and when something of it changes by itself.

    ``next_url`` is used where there are further results.
    """
    rows = reads.documents(asked.site.id, [hit.id for hit in found.hits])
    hits = {hit.id: hit for hit in found.hits}
    head = {"query": asked.query.text, "total": found.total}
    reached = asked.query.offset + asked.query.limit
    tail = {
        "facets": _facets(asked.query, found),
        "did_you_mean": found.did_you_mean,
        "broader": [{"parameter": each.field, "total": each.total} for each in found.broader],
        "next": next_url if reached < found.total and reached <= MAX_OFFSET else None,
        "engine": found.engine,
        "degraded": found.degraded,
    }
    # documents that left since they were indexed are not shown, so there may be fewer results than hits
    results = b",".join(with_keys(row.summary, _scored(hits[row.id], row)) for row in rows)
    body = orjson.dumps(head)[:-1] + b',"results":[' + results + b"]," + orjson.dumps(tail)[1:]
    return body, (*_ends(asked), soon(found.degraded), *(row.fresh_until for row in rows))


def soon(degraded: bool) -> datetime | None:
    """What the standby answered ends with the outage; nobody knows when that is."""
    return timezone.now() + timedelta(seconds=BRIEF_S) if degraded else None


def _ends(asked: SearchRequest) -> Iterator[datetime | None]:
    """When other pages may be found by themselves, or in another order."""
    yield asked.site.next_live_at
    if asked.query.text.strip():  # what is recent, and whether a page is pinned, is a matter of days
        yield times.midnight(timezone.now().astimezone(times.OSLO).date() + timedelta(days=1))
    if asked.query.when:
        yield reads.next_boundary(asked.site.id)


def with_keys(summary: bytes, more: Mapping[str, Any]) -> bytes:
    """A JSON object with further keys at its end.

    >>> with_keys(b'{"id":1}', {"score": 2.5})
    b'{"id":1,"score":2.5}'
    """
    return summary[:-1] + b"," + orjson.dumps(more)[1:]


def _scored(hit: Hit, row: reads.DocumentRow) -> dict[str, Any]:
    # what an editor has taken out of a page since it was indexed is not shown any more
    shown = hit.highlight if hit.version == row.version else Highlight()
    return {
        "score": hit.score,
        "pinned": hit.pinned,
        "highlight": {"title": shown.title, "body": list(shown.body)},
    }


def _facets(query: SearchQuery, found: Answer) -> dict[str, Any]:
    counted = {name: found.facets[name] for name in query.facets if name in found.facets}
    return facets_json(counted, dict(query.keys), query.site)


def unavailable() -> ProblemError:
    return ProblemError("search-unavailable", "The search engine cannot answer now.")
