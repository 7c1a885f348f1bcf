"""``/feeds/{plural}.atom`` and ``.json``; ``all`` for every type."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cms.api import common, links
from cms.api.parameters import query_of
from cms.api.problems import not_found
from cms.delivery import answers
from cms.delivery.feeds import atom, feed, json_feed
from cms.delivery.feeds.request import parse_feed
from cms.plugins import registry
from cms.publishing.hosts import host_of

ALL = "all"
ATOM, JSON = atom.CONTENT_TYPE, json_feed.CONTENT_TYPE
FORMATS = {"atom": (atom.write, ATOM), "json": (json_feed.write, JSON)}


def show(request: HttpRequest, name: str, form: str) -> HttpResponse:
    asked = parse_feed(query_of(request), _types(name), host_of(request))
    write, content_type = FORMATS[form]
    made = feed.make(request, asked)
    response = answers.text(
        request,
        write(made),
        content_type=content_type,
        tags=made.tags,
        ends=made.ends,
        timeless=not asked.query.when,
    )
    if header := links.link_header(made.next_url, made.previous_url):
        response["Link"] = header
    return response


def _types(name: str) -> tuple[str, ...]:
    if name == ALL:
        return common.all_types()
    for content_type in registry.content_types().values():
        if content_type.spec.plural == name:
            return (content_type.name,)
    raise not_found(f"There is no feed {name}.")
