"""All that public code reads: documents, routes, lists, sites, changes. Touches only the publishing tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.models import QuerySet

from cms.publishing import served, site_rows
from cms.publishing.lists import (
    COLUMNS,
    Cursor,
    DocumentRow,
    ListQuery,
    ListResult,
    ShownRow,
    columns,
    list_documents,
    list_shown,
    next_boundary,
    row_of,
)
from cms.publishing.models import (
    Change,
    Document,
    DocumentKey,
    KeyLabel,
    MediaFile,
    Projection,
    PublishedSite,
    PublishedTree,
)
from cms.publishing.paths import normal_path
from cms.publishing.prepared import Prepared
from cms.publishing.served import Redirected, Served, Tombstone
from cms.publishing.site_rows import NotBuilt, SiteRow, site_for_host

__all__ = [
    "ChangeRow",
    "Cursor",
    "DocumentRow",
    "ListQuery",
    "ListResult",
    "NotBuilt",
    "Redirected",
    "ShownRow",
    "SiteRow",
    "Tombstone",
    "Tree",
    "changes",
    "default_tree",
    "document",
    "documents",
    "epoch",
    "keys",
    "labels",
    "last_change",
    "list_documents",
    "list_shown",
    "live_versions",
    "log",
    "log_begin",
    "media_file",
    "next_boundary",
    "normal_path",
    "resolve",
    "site_for_host",
    "site_named",
    "sites",
    "tree",
    "used_values",
]


UNREADABLE = (OperationalError, ProgrammingError, InterfaceError)
"""No connection, or tables that a migration has still to make: nothing is known about any page (503, not 404)."""


@dataclass(frozen=True, slots=True)
class Tree:
    """JSON of /navigation/ and /site/, of a site's tree of one locale."""

    navigation: bytes
    settings: bytes


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An entry of the log; ``cursor`` is its position."""

    cursor: int
    kind: str
    id: int | None
    site_id: int
    type: str
    locale: str
    path: str
    previous_path: str
    version: int | None
    at: datetime


def site_named(hostname: str) -> SiteRow | None:
    found = PublishedSite.objects.filter(hostname=hostname.lower()).order_by("-is_default", "pk")
    columns = found.values_list(*site_rows.COLUMNS).first()
    return SiteRow(*columns) if columns else None


def sites() -> list[SiteRow]:
    return [SiteRow(*columns) for columns in PublishedSite.objects.order_by("pk").values_list(*site_rows.COLUMNS)]


def tree(site_id: int, locale: str) -> Tree | None:
    """None where the site has no tree of the locale. Raises NotBuilt."""
    default = default_tree(site_id)
    if orjson.loads(default.settings)["default_locale"] == locale:
        return default
    rows = PublishedTree.objects.filter(site_id=site_id, locale=locale).values_list("navigation", "settings")
    return _tree(rows.first())


def default_tree(site_id: int) -> Tree:
    """Raises NotBuilt."""
    rows = PublishedSite.objects.filter(pk=site_id).values_list("navigation", "settings")
    found = _tree(rows.first())
    if found is None:
        raise NotBuilt
    return found


def _tree(columns: tuple[Any, Any] | None) -> Tree | None:
    return Tree(bytes(columns[0]), bytes(columns[1])) if columns else None


def resolve(site_id: int, path: str) -> DocumentRow | Tombstone | Redirected | None:
    """What a path answers, with the whole document. At most three queries."""
    found = served.at(site_id, path)
    return document(site_id, found.id) if isinstance(found, Served) else found


_document = Prepared(
    lambda site_id, id_: Document.objects.filter(pk=id_, site_id=site_id).values_list(*COLUMNS, "removed_at"), *(0, 0)
)


def document(site_id: int, id: int) -> DocumentRow | Tombstone | None:
    """One query."""
    rows = _document(site_id, id)
    if not rows:
        return None
    *columns, removed_at = rows[0]
    if removed_at is not None:
        return Tombstone(columns[0], columns[1], columns[4], removed_at)
    return row_of(columns, detail=True)


def live_version(site_id: int, id: int) -> int | None:
    """None for what is not public on this site."""
    rows = Document.objects.filter(pk=id, site_id=site_id, removed_at=None)
    return rows.values_list("version", flat=True).first()


def documents(site_id: int | None, ids: Sequence[int], detail: bool = False) -> list[DocumentRow]:
    """Live documents in the order of ``ids``, with summaries alone unless ``detail``; of every site when it is None."""
    rows = Document.objects.filter(pk__in=list(ids), removed_at=None)
    if site_id is not None:
        rows = rows.filter(site_id=site_id)
    found = {values[0]: row_of(values, detail) for values in rows.values_list(*columns(detail))}
    return [found[each] for each in ids if each in found]


def keys(ids: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Filter values of live documents: id → field → values."""
    found: dict[int, dict[str, list[str]]] = {each: defaultdict(list) for each in ids}
    rows = DocumentKey.objects.filter(document_id__in=list(ids), type="").order_by("document_id", "field", "value")
    for document_id, field, value in rows.values_list("document_id", "field", "value"):
        found[document_id][field].append(value)
    return {each: {field: tuple(values) for field, values in fields.items()} for each, fields in found.items()}


def labels(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Field → values becomes field → value → label, in Norwegian, of those that have one. One query."""
    found: dict[str, dict[str, str]] = {field: {} for field in wanted}
    values = {value for each in wanted.values() for value in each}
    rows = KeyLabel.objects.filter(field__in=list(wanted), value__in=values)
    for field, value, label in rows.values_list("field", "value", "label") if values else ():
        found[field][value] = label
    return found


def used_values(site_id: int, field: str, values: Sequence[str]) -> set[str]:
    """Those of the values that a live document of the site has."""
    rows = DocumentKey.objects.filter(site_id=site_id, type="", field=field, value__in=list(values))
    return set(rows.values_list("value", flat=True).distinct())


def live_versions() -> dict[int, int]:
    """Id → version of every live document."""
    return dict(Document.objects.filter(removed_at=None).values_list("pk", "version"))


def changes(site_id: int, after: int, limit: int) -> list[ChangeRow]:
    """The log of a site after a position, oldest first."""
    return _change_rows(Change.objects.filter(site_id=site_id, pk__gt=after), limit)


def log(after: int, limit: int) -> list[ChangeRow]:
    """The log of all sites after a position, oldest first."""
    return _change_rows(Change.objects.filter(pk__gt=after), limit)


CHANGE_COLUMNS = ("pk", "kind", "document_id", "site_id", "type", "locale", "path", "previous_path", "version", "at")


def _change_rows(rows: QuerySet[Change], limit: int) -> list[ChangeRow]:
    return [ChangeRow(*values) for values in rows.order_by("pk").values_list(*CHANGE_COLUMNS)[:limit]]


def last_change() -> int:
    """The newest position of the log; 0 while it is empty."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def epoch() -> str:
    """Changes whenever the log may have gone back, as after a restored backup; part of every cursor given out."""
    return Projection.objects.values_list("epoch", flat=True).first() or ""


def log_begin() -> int:
    """The log is kept after this position; a cursor before it is too old."""
    return Projection.objects.values_list("log_begin", flat=True).first() or 0


SHOWING = 400
"""Documents that a file's answer names; their tags fit into a header."""


class ShownFile(NamedTuple):
    """``name`` in the storage, and the first of the live documents that show it."""

    name: str
    document_ids: list[int]


def media_file(path: str) -> ShownFile | None:
    """A file that some live document shows; None for every other path."""
    if "\x00" in path:
        return None
    rows = list(
        MediaFile.objects.filter(path=path).order_by("document_id").values_list("name", "document_id")[:SHOWING]
    )
    return ShownFile(rows[0][0] or path, [each for _, each in rows]) if rows else None
