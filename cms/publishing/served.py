"""What a document's own addresses answer: by id and by path, in one query, with the body in the encoding asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Length

from cms.publishing import cache_tags
from cms.publishing.bodies import resolved
from cms.publishing.models import Document, PublishedSite, Route
from cms.publishing.paths import forms, normal_path
from cms.publishing.prepared import Prepared
from cms.publishing.site_rows import COLUMNS, NotBuilt, SiteRow, meant_by, parse_host, site_for_host

HEAD = ("id", "site_id", "type", "path", "etag", "changed_at", "fresh_until", "embeds", "removed_at")
PLAIN = ""
"""The encoding of finished JSON as it is."""


class Form(NamedTuple):
    """How much of an answer is read.

    encoding  PLAIN or a stored one; it takes a body or a size to have one
    body      otherwise only what HTTP must know of it
    size      then also how long it is
    """

    encoding: str = PLAIN
    body: bool = True
    size: bool = False


class Served(NamedTuple):
    """A live document's answer. ``body`` and ``size`` are None where the form did not ask for them.

    Also where it did, when the document has no body in that encoding yet.
    """

    id: int
    etag: str
    last_modified: datetime
    fresh_until: datetime | None
    embeds: str
    body: bytes | None
    size: int | None


class Tombstone(NamedTuple):
    """A page that once was public."""

    id: int
    type: str
    path: str
    removed_at: datetime


class Redirected(NamedTuple):
    """``tag``: the cache tag of what else the answer shows than the path's own redirect; "" for an outside URL."""

    location: str
    permanent: bool
    tag: str = ""


Found = Served | Tombstone | Redirected | None
"""What a path answers."""
Of = str | int
"""Which site is asked: what the Host header of a request says, or its id."""


def by_id(of: Of, id_: int, form: Form) -> tuple[SiteRow, Served | Tombstone | None]:
    """The site and its page. Raises NotBuilt."""
    site, (row, *_) = _read(_documents, of, (id_,), form)
    *head, last = row
    if head[0] is None:
        return site, None
    return site, _live(head, last, form) if head[-1] is None else _gone(head)


def by_path(of: Of, path: str, form: Form) -> tuple[SiteRow, Found]:
    """The site, and its live page at the path, else the editor's redirect, else what became of the page once there.

    ``path`` in its normal form. Raises NotBuilt.
    """
    site, rows = _read(_routes, of, forms(path), form)
    return site, _first(site.id, path, rows, form)


def at(site_id: int, path: str) -> Found:
    """What a path answers, without a body; also on a site that is not published yet, or not any more."""
    wanted = normal_path(path)
    return _first(site_id, wanted, _routes_of(site_id, wanted, wanted.lower()), Form(body=False))


def _first(site_id: int, wanted: str, rows: Sequence[Sequence[Any]], form: Form) -> Found:
    """The path as it is written comes before the one in lower case."""
    for row in sorted(rows, key=lambda row: row[0] != wanted) if len(rows) > 1 else rows:
        if row[0] and (answer := _answer(site_id, row, form)):
            return answer
    return None


def tags_of(found: Found) -> tuple[str, ...]:
    """Cache tags of what a path answers, besides those of the path."""
    if isinstance(found, Redirected):
        return (found.tag,) if found.tag else ()
    return (cache_tags.document_tag(found.id),) if found else ()


WIDTH = len(COLUMNS)
ROUTE = ("path", "location", "permanent", "target_id")


def _answer(site_id: int, row: Sequence[Any], form: Form) -> Found:
    path, location, permanent, target, *head, last = row
    id_, document_site, _, document_path, *_ = head
    removed_at = head[-1]
    lives = id_ is not None and removed_at is None
    if lives and (document_path, document_site) == (path, site_id):
        return _live(head, last, form, plain=resolved)
    if location:
        return Redirected(location, permanent)
    for target_path, target_site in _place(target) if target else ():
        return _leading_to(target, target_path, permanent, here=target_site == site_id)
    if lives:
        return _leading_to(id_, document_path, True, here=document_site == site_id)
    return _gone(head) if id_ is not None else None


_place = Prepared(lambda id_: Document.objects.filter(pk=id_, removed_at=None).values_list("path", "site_id"), 0)


def _live(head: Sequence[Any], last: Any, form: Form, plain: Callable[[bytes], bytes] = bytes) -> Served:
    """``plain`` makes the answer from the detail; encoded ones are stored as they are sent."""
    id_, _, _, _, etag, changed_at, fresh_until, embeds, _ = head
    make = bytes if form.encoding else plain
    body = make(bytes(last)) if form.body and last is not None else None
    size = last + len(make(b"")) if form.size and last is not None else None
    return Served(id_, etag, changed_at, fresh_until, embeds, body, size)


def _gone(head: Sequence[Any]) -> Tombstone:
    id_, _, type_, path, *_, removed_at = head
    return Tombstone(id_, type_, path, removed_at)


def _leading_to(id_: int, path: str, permanent: bool, *, here: bool) -> Redirected:
    """To the path; for a page of another site to its whole URL, which only its document knows."""
    if here:
        return Redirected(path, permanent, cache_tags.place_tag(id_))
    detail = Document.objects.values_list("detail", flat=True).get(pk=id_)
    url = str(orjson.loads(bytes(detail))["seo"]["canonical_url"])
    return Redirected(url, permanent, cache_tags.document_tag(id_))


def _read(
    build: Callable[..., Any], of: Of, key: tuple[str | int, ...], form: Form
) -> tuple[SiteRow, list[tuple[Any, ...]]]:
    """The site and what it has for the key, at least one row, in one query. Raises NotBuilt."""
    ask = _prepared(build, form, isinstance(of, str), tuple(map(type, key)))
    rows = ask(*(parse_host(of) if isinstance(of, str) else (of,)), *key)
    if not rows:
        if isinstance(of, int):
            raise NotBuilt
        return _read(build, site_for_host(of).id, key, form)
    site = SiteRow._make(rows[0][:WIDTH])
    return site, [row[WIDTH:] for row in rows if row[0] == site.id]


@cache
def _prepared(build: Callable[..., Any], form: Form, by_host: bool, key: tuple[type[Any], ...]) -> Prepared:
    """``key``: types of its parts."""

    def of_host(name: str, port: int, *key: Any) -> Any:
        return build(meant_by(name, port), form, *key)

    def of_id(site_id: int, *key: Any) -> Any:
        return build(PublishedSite.objects.filter(pk=site_id), form, *key)

    examples = [each() for each in key]
    return Prepared(of_host, "", 0, *examples) if by_host else Prepared(of_id, 0, *examples)


def _documents(sites: Any, form: Form, id_: int) -> Any:
    rows = sites.annotate(found=FilteredRelation("documents", condition=Q(documents__id=id_)))
    return _with_body(rows, "found", "detail", form)[:1]


def _routes(sites: Any, form: Form, *paths: str) -> Any:
    rows = sites.annotate(route=FilteredRelation("routes", condition=Q(routes__path__in=paths)))
    return _with_body(rows, "route__document", "resolved", form, tuple(f"route__{name}" for name in ROUTE))


_routes_of = Prepared(
    lambda site_id, *paths: Route.objects.filter(site_id=site_id, path__in=paths).values_list(
        *ROUTE, *(f"document__{name}" for name in HEAD), "document__version"
    ),
    *(0, "", ""),
)


def _with_body(rows: Any, document: str, kind: str, form: Form, columns: tuple[str, ...] = ()) -> Any:
    """The site, ``columns``, the head, and the body, its length or nothing."""
    found = f"{document}__detail"
    if form.encoding:
        condition = Q(**{f"{document}__bodies__encoding": form.encoding})
        rows = rows.annotate(encoded=FilteredRelation(f"{document}__bodies", condition=condition))
        found = f"encoded__{kind}"
    last = F(found) if form.body else Length(found) if form.size else F(f"{document}__version")
    return rows.values_list(*COLUMNS, *columns, *(f"{document}__{name}" for name in HEAD), last)
