"""The rows of a page's document as they are stored, for many pages at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from cms.publishing.bodies import Body as Bytes
from cms.publishing.models import Body, Dependency, Document, DocumentKey, KeyLabel, MediaFile, Route

KeyRow = tuple[int, str, str, str, datetime]
"""site, type, field, value, date: a DocumentKey without its document."""


@dataclass(slots=True)
class Stored:
    """What is stored of one page. ``document`` may be a tombstone; ``routes`` are site and path."""

    document: Document | None = None
    routes: set[tuple[int, str]] = field(default_factory=set)
    keys: set[KeyRow] = field(default_factory=set)
    dependencies: dict[str, bool] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, Bytes] = field(default_factory=dict)


def read(page_ids: Collection[int]) -> dict[int, Stored]:
    """One for every id."""
    found: dict[int, Stored] = defaultdict(Stored)
    for document in Document.objects.filter(pk__in=page_ids):
        found[document.pk].document = document
    routes = Route.objects.filter(document_id__in=page_ids).values_list("document_id", "site_id", "path")
    for page_id, site_id, path in routes:
        found[page_id].routes.add((site_id, path))
    keys = DocumentKey.objects.filter(document_id__in=page_ids)
    rows = keys.values_list("document_id", "site_id", "type", "field", "value", "date")
    for page_id, site_id, type_, name, value, date in rows:
        found[page_id].keys.add((site_id, type_, name, value, date))
    dependencies = Dependency.objects.filter(document_id__in=page_ids).values_list("document_id", "key", "link")
    for page_id, name, link in dependencies:
        found[page_id].dependencies[name] = link
    files = MediaFile.objects.filter(document_id__in=page_ids).values_list("document_id", "path", "name")
    for page_id, path, name in files:
        found[page_id].media[path] = name
    bodies = Body.objects.filter(document_id__in=page_ids).values_list("document_id", "encoding", "detail", "resolved")
    for page_id, encoding, detail, resolved in bodies:
        found[page_id].bodies[encoding] = Bytes(bytes(detail), bytes(resolved))
    return {each: found[each] for each in page_ids}


def labels(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Field and value → label, of those that have one (and perhaps of others)."""
    fields, values = {name for name, _ in pairs}, {value for _, value in pairs}
    rows = KeyLabel.objects.filter(field__in=fields, value__in=values).values_list("field", "value", "label")
    return {(name, value): label for name, value, label in rows}


def links(dependencies: dict[str, bool]) -> frozenset[int]:
    """Pages that an editor linked to: they list what links to them."""
    return frozenset(
        int(key.removeprefix("name:")) for key, link in dependencies.items() if link and key.startswith("name:")
    )
