"""Published documents as the index takes them: reads the publishing tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from cms.content import shapes
from cms.content.kinds.table import kind_of
from cms.content.shape_types import texts
from cms.plugins import registry
from cms.publishing import reads
from cms.publishing.models import Document
from search.contract import SearchDocument
from search.extract import Searched, passages

HEAD = (Searched("summary", str), Searched("image", shapes.Image | None, 0.5))
"""Searched in every type, besides the title."""

COLUMNS = (
    "id",
    "version",
    "site_id",
    "type",
    "language",
    "path",
    "title",
    "sort_title",
    "published_at",
    "date_start",
    "date_end",
    "detail",
    "removed_at",
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents asked for by id.

    removed  those that are not public: the version of the tombstone, 0 where there never was a document
    broken   those that cannot be understood: why
    """

    documents: tuple[SearchDocument, ...]
    removed: Mapping[int, int]
    broken: Mapping[int, str]


def read(ids: Sequence[int]) -> Batch:
    """Two queries. A document that cannot be understood spoils only itself."""
    keys = reads.keys(ids)
    documents: list[SearchDocument] = []
    removed = dict.fromkeys(ids, 0)
    broken: dict[int, str] = {}
    for values in Document.objects.filter(pk__in=list(ids)).order_by("pk").values(*COLUMNS):
        if values["removed_at"]:
            removed[values["id"]] = values["version"]
            continue
        del removed[values["id"]]
        try:
            documents.append(_document(values, keys.get(values["id"], {})))
        except Exception as error:  # whatever a damaged document or a plugin's shape makes of itself
            broken[values["id"]] = f"{type(error).__name__}: {error}"
    return Batch(tuple(documents), removed, broken)


@cache
def searched(type_name: str) -> tuple[Searched, ...]:
    """What is searched in documents of a type; only the head where no enabled plugin has the type."""
    content_type = registry.content_types().get(type_name)
    if content_type is None:
        return HEAD
    model: Any = content_type.model
    own = (
        Searched(expose.name, kind_of(model, expose).shape(), expose.search)
        for expose in content_type.spec.fields
        if expose.search
    )
    return (*HEAD, *own)


def _document(row: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> SearchDocument:
    content_type = registry.content_types().get(row["type"])
    return SearchDocument(
        id=row["id"],
        version=row["version"],
        site=row["site_id"],
        type=row["type"],
        language=row["language"],
        path=row["path"],
        title=row["title"],
        sort_title=row["sort_title"],
        passages=passages(orjson.loads(bytes(row["detail"])), searched(row["type"]), texts),
        keys=keys,
        published=row["published_at"],
        starts=row["date_start"],
        ends=row["date_end"],
        timed=bool(content_type and content_type.spec.dates),
    )
