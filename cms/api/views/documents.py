"""One document: by id and by path. The stored bytes are sent as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from cms.api import common
from cms.api.cursors import MAX_ID
from cms.api.encoding import preferred
from cms.api.fields import check_fields, fields_parameter, pick
from cms.api.freshness import cache_control
from cms.api.parameters import Parameter, query_of, read
from cms.api.problems import ProblemError, invalid, not_found
from cms.api.responses import full, is_conditional, json_response, known_etag, of_nothing, tagged, unchanged
from cms.api.values import Text
from cms.content import times
from cms.publishing import cache_tags, reads, served
from cms.publishing.hosts import host_of
from cms.publishing.reads import SiteRow
from cms.publishing.served import PLAIN, Form, Found, Of, Redirected, Served, Tombstone

PATH = Parameter(
    name="path",
    value=Text(2000),
    required=True,
    description="A path of the website, with or without the end slash, percent-encoded or not.",
    example="/nyheter/",
)
RESOLVE = (PATH, common.SITE)
Find = Callable[[Of, Form], tuple[SiteRow, object]]


def detail_parameters() -> tuple[Parameter, ...]:
    return (fields_parameter(common.all_types()), common.SITE)


def detail(request: HttpRequest, id: int) -> HttpResponse:
    values = _read(detail_parameters(), query_of(request))
    fields = values.get("fields", ())
    whole = fields in ((), ("*",))
    tags = (cache_tags.document_tag(id),)

    def find(of: Of, form: Form) -> tuple[SiteRow, Served | Tombstone | None]:
        return served.by_id(of, min(id, MAX_ID), form)  # no database knows larger numbers, and no page has that one

    form = _form(request) if whole else Form()
    site, found = find(common.named_host(values, host_of(request)), form)
    common.check_site(values, site)
    if isinstance(found, Tombstone):
        raise gone(found, of_nothing(tags, site))
    if found is None:
        raise not_found(f"There is no page {id} on this site.", of_nothing(tags, site))
    if whole:
        return _send(request, found, form, find, site, tags)
    assert found.body is not None
    return json_response(
        request,
        pick(found.body, fields),
        last_modified=found.last_modified,
        tags=_with_embedded(tags, found),
        ends=(found.fresh_until, site.next_live_at),
    )


def resolve(request: HttpRequest) -> HttpResponse:
    values = _read(RESOLVE, query_of(request))
    path = reads.normal_path(values["path"])

    def find(of: Of, form: Form) -> tuple[SiteRow, Found]:
        return served.by_path(of, path, form)

    form = _form(request)
    site, found = find(common.named_host(values, host_of(request)), form)
    common.check_site(values, site)
    tags = cache_tags.of_resolved(site.id, path, *served.tags_of(found))
    if isinstance(found, Tombstone):
        raise gone(found, of_nothing(tags, site))
    if found is None:
        raise not_found(f"There is nothing at {path}.", of_nothing(tags, site))
    if isinstance(found, Redirected):
        redirect = {"kind": "redirect", "location": found.location, "permanent": found.permanent}
        return json_response(request, orjson.dumps(redirect), tags=tags, ends=(site.next_live_at,))
    # other bytes than the detail's, so another tag
    return _send(request, found, form, find, site, tags, mark="-r")


def _read(parameters: tuple[Parameter, ...], query: str) -> Mapping[str, Any]:
    values = read(parameters, query)
    if faults := check_fields(values):
        raise invalid(faults)
    return values


def _form(request: HttpRequest) -> Form:
    """What must be read first. Whoever asks whether something changed gets no body, most often."""
    return Form(body=False) if is_conditional(request) else _whole(request)


def _whole(request: HttpRequest) -> Form:
    encoding = preferred(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    return Form(encoding, body=request.method != "HEAD", size=request.method == "HEAD")


def _send(
    request: HttpRequest,
    found: Served,
    form: Form,
    find: Find,
    site: SiteRow,
    tags: Iterable[str],
    mark: str = "",
) -> HttpResponse:
    """The stored bytes in the client's encoding, or that it has them.

    ``found`` was read in the ``form``; ``find`` reads again what that left out.
    """
    if is_conditional(request):
        known = known_etag(request, found.etag + mark, found.last_modified)
        if known is not None:
            caching = cache_control(found.fresh_until, site.next_live_at)
            return unchanged(known, found.last_modified, _with_embedded(tags, found), caching)
        form = _whole(request)
        found = _again(find, site, form)
    if found.body is None and found.size is None:  # stored before there were bodies in this encoding
        form = Form(PLAIN, form.body, form.size)
        found = _again(find, site, form)
    return full(
        found.body or b"",
        tagged(found.etag + mark, form.encoding),
        found.last_modified,
        _with_embedded(tags, found),
        cache_control(found.fresh_until, site.next_live_at),
        encoding=form.encoding,
        size=found.size,
    )


def _again(find: Find, site: SiteRow, form: Form) -> Served:
    _, found = find(site.id, form)
    if isinstance(found, Served):
        return found
    raise not_found("The page has just left.")


def _with_embedded(tags: Iterable[str], found: Served) -> tuple[str, ...]:
    return (*tags, *(found.embeds.split(",") if found.embeds else ()))


def gone(tombstone: Tombstone, headers: Mapping[str, str]) -> ProblemError:
    return ProblemError(
        "gone",
        "The page has been removed.",
        extra={
            "id": tombstone.id,
            "content_type": tombstone.type,
            "path": tombstone.path,
            "removed_at": times.instant(tombstone.removed_at),
        },
        headers=headers,
    )
