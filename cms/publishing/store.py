"""What of a built page is not stored so, and the writing of it. Reads first, so that the transaction is short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cms.publishing import bodies, change_log
from cms.publishing.batch import Batch
from cms.publishing.build import Built
from cms.publishing.models import Body, Dependency, Document, DocumentKey, KeyLabel, MediaFile, Route
from cms.publishing.spans import reach_of
from cms.publishing.stored import KeyRow, links


@dataclass(frozen=True, slots=True)
class Difference:
    """What must be written for a page to be published as it was built; false when there is nothing.

    old      the stored document or tombstone
    changed  the JSON is another: there is a new version, and the log says so
    row      columns to write; None when they are as they should be
    bodies   compressed answers to write; None when they are as they should be
    The rest: whether the stored rows of that kind differ.
    """

    built: Built
    old: Document | None
    changed: bool
    version: int
    row: dict[str, Any] | None
    route: bool
    keys: bool
    labels: tuple[KeyLabel, ...]
    dependencies: bool
    media: bool
    bodies: dict[str, bodies.Body] | None
    links_before: frozenset[int]

    def __bool__(self) -> bool:
        # not the labels: two types may call one value differently, and then neither is wrong
        return bool(self.row or self.route or self.keys or self.dependencies or self.media or self.bodies)

    @property
    def live_before(self) -> Document | None:
        return self.old if self.old is not None and self.old.removed_at is None else None


def difference(built: Built, batch: Batch) -> Difference:
    """Compares everything, so that a damaged row is found whatever damaged it."""
    stored = batch.stored(built.page_id)
    wanted = _labels(built)
    labels = batch.labels(wanted)
    old = stored.document
    live = old if old is not None and old.removed_at is None else None
    changed = live is None or bytes(live.detail) != built.detail_bytes(live.version)
    version = (old.version if old else 0) + changed
    detail = built.detail_bytes(version)
    row = _row(built, version)
    if live is not None and all(plain(getattr(live, name)) == value for name, value in row.items()):
        row = {}
    as_stored = not changed and bodies.hold(stored.bodies, detail)
    return Difference(
        built=built,
        old=old,
        changed=changed,
        version=version,
        row=row or None,
        route=(built.site.id, built.path) not in stored.routes,
        keys=stored.keys != _keys(built),
        labels=tuple(
            KeyLabel(field=name, value=value, label=label)
            for (name, value), label in sorted(wanted.items())
            if labels.get((name, value)) != label
        ),
        dependencies=stored.dependencies != built.dependencies,
        media=stored.media != built.media,
        bodies=None if as_stored else bodies.compressed(detail),
        links_before=links(stored.dependencies),
    )


def write(found: Difference) -> None:
    """Call inside a transaction."""
    built, page_id = found.built, found.built.page_id
    if found.row:
        now = timezone.now()
        row = {**found.row, "changed_at": now if found.changed or not found.old else found.old.changed_at}
        if found.old is None:
            Document.objects.create(pk=page_id, **row)
        else:
            Document.objects.filter(pk=page_id).update(removed_at=None, **row)
        if found.changed:
            change_log.published(built, found.live_before, found.version, now)
    if found.route:
        # older paths stay and lead here; a live page takes its path from whatever had it before
        Route.objects.update_or_create(site_id=built.site.id, path=built.path, defaults={"document_id": page_id})
    if found.keys:
        DocumentKey.objects.filter(document_id=page_id).delete()
        DocumentKey.objects.bulk_create(
            DocumentKey(site_id=site_id, type=type_, field=name, value=value, date=date, document_id=page_id)
            for site_id, type_, name, value, date in sorted(_keys(built))
        )
    if found.labels:
        KeyLabel.objects.bulk_create(
            found.labels, update_conflicts=True, update_fields=["label"], unique_fields=["field", "value"]
        )
    if found.dependencies:
        Dependency.objects.filter(document_id=page_id).delete()
        Dependency.objects.bulk_create(
            Dependency(key=key, document_id=page_id, link=link) for key, link in sorted(built.dependencies.items())
        )
    if found.bodies:
        Body.objects.filter(document_id=page_id).delete()
        Body.objects.bulk_create(
            Body(document_id=page_id, encoding=encoding, detail=body.detail, resolved=body.resolved)
            for encoding, body in found.bodies.items()
        )
    if found.media:
        MediaFile.objects.filter(document_id=page_id).delete()
        MediaFile.objects.bulk_create(
            MediaFile(path=path, document_id=page_id, name=name) for path, name in sorted(built.media.items())
        )


def remove(old: Document) -> None:
    """Turns a live document into a tombstone. Call inside a transaction."""
    now = timezone.now()
    empty = {"detail": b"", "summary": b"", "title": "", "sort_title": "", "embeds": ""}
    Document.objects.filter(pk=old.pk).update(removed_at=now, changed_at=now, version=old.version + 1, **empty)
    clear(old.pk)
    change_log.removed(old, old.version + 1, now)


def clear(page_id: int) -> None:
    """Deletes what only a live document has."""
    for model in (DocumentKey, Dependency, MediaFile, Body):
        model.objects.filter(document_id=page_id).delete()  # type: ignore[attr-defined]


def leftovers() -> set[int]:
    """Ids of tombstones that still have what only a live document has: a file would be served, a page be listed."""
    found: set[int] = set()
    for model in (DocumentKey, Dependency, MediaFile, Body):
        rows = model.objects.filter(document__removed_at__isnull=False)  # type: ignore[attr-defined]
        found.update(rows.order_by().values_list("document_id", flat=True).distinct())
    return found


def plain(value: object) -> object:
    """PostgreSQL hands binary columns out as memoryview."""
    return bytes(value) if isinstance(value, memoryview) else value


def sort_title(title: str) -> str:
    """A key that sorts titles as Norwegian readers expect: case folded, æ ø å after z."""
    return title.casefold().translate(AFTER_Z)[:300]


AFTER_Z = {ord("æ"): "{", ord("ä"): "{", ord("ø"): "|", ord("ö"): "|", ord("å"): "}"}


def _row(built: Built, version: int) -> dict[str, Any]:
    return {
        "site_id": built.site.id,
        "type": built.type,
        "locale": built.locale,
        "language": built.language,
        "path": built.path,
        "parent_id": built.parent_id,
        "in_menu": built.in_menu,
        "translation_key": built.translation_key,
        "title": built.title,
        "sort_title": sort_title(built.title),
        "version": version,
        "etag": built.etag(version),
        "published_at": built.published_at,
        "date_start": built.date_start,
        "date_end": built.date_end,
        "reach": reach_of(built.date_start, built.date_end),
        "expires_at": built.expires_at,
        "fresh_until": built.fresh_until,
        "embeds": built.embeds,
        "detail": built.detail_bytes(version),
        "summary": built.summary,
    }


def _keys(built: Built) -> set[KeyRow]:
    """Each value once for lists of all types and once, with the page's own date, for those of its type."""
    rows = set()
    for key in built.keys:
        value = key.value[:400]
        rows.add((built.site.id, "", key.field, value, built.published_at))
        if key.field != "type":
            rows.add((built.site.id, built.type, key.field, value, built.date_start))
    return rows


def _labels(built: Built) -> dict[tuple[str, str], str]:
    """Field and value → what the value is called."""
    return {(key.field, key.value[:400]): key.label[:400] for key in built.keys if key.field != "under"}
