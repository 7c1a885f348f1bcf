"""The change feed, for mirrors of the site."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from cms.api import common, cursors, feed, links
from cms.api.parameters import Parameter, query_of, read
from cms.api.responses import json_response
from cms.api.values import Text
from cms.publishing.hosts import host_of

PARAMETERS = (
    Parameter(
        name="after",
        value=Text(cursors.LONGEST),
        description="A cursor of an earlier answer; left out, everything that is published now comes first.",
    ),
    common.limit(),
    common.SITE,
)


def changes(request: HttpRequest) -> HttpResponse:
    values = read(PARAMETERS, query_of(request))
    site = common.site_of(values, host_of(request))
    page = feed.changes(site.id, values.get("after"), values["limit"])
    next_url = links.with_parameter(request, "after", page.cursor) if page.more else None
    entries = page.entries
    if "site" in values and not site.is_default:  # what is asked for by name is fetched by name
        entries = [{**entry, "api_url": links.of_site(entry["api_url"], site.hostname)} for entry in entries]
    body = orjson.dumps({"results": entries, "cursor": page.cursor, "next": next_url})
    response = json_response(request, body, tags=["changes"])
    response["Cache-Control"] = "no-cache"
    if next_url:
        response["Link"] = links.link_header(next_url, None)
    return response
