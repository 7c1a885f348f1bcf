"""Writes one document with its routes, keys, dependencies, files and change; returns who else must be built."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from cms.publishing.build import Built
from cms.publishing.context import links_to
from cms.publishing.models import Change, Dependency, Document, DocumentKey, KeyLabel, MediaFile, Route


@dataclass(slots=True)
class Outcome:
    """What one write did. ``affected`` are keys of dependencies whose documents must follow."""

    changed: bool = False
    affected: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    navigation: bool = False
    tree_moved: bool = False


def sort_title(title: str) -> str:
    """A key that sorts titles as Norwegian readers expect: case folded, æ ø å after z."""
    folded = title.casefold().translate(str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}))
    return folded[:300]


def write(built: Built) -> Outcome:
    """Call inside a transaction. Writes nothing where the stored document is already so."""
    old = Document.objects.filter(pk=built.page_id).first()
    was_live = old is not None and old.removed_at is None
    same = was_live and old is not None and old.etag.partition("-")[0] == built.hash
    outcome = Outcome()
    if same and old is not None and old.site_id == built.site.id:
        version = old.version
    else:
        version = old.version + 1 if old else 1
        outcome.changed = True
    now = timezone.now()
    if outcome.changed or old is None or _row(built) != _stored_row(old):
        Document.objects.update_or_create(
            pk=built.page_id,
            defaults={
                **_row(built),
                "version": version,
                "etag": f"{built.hash}-{version}",
                "changed_at": now if outcome.changed else old.changed_at,  # type: ignore[union-attr]
                "removed_at": None,
                "detail": built.detail_bytes(version),
                "summary": built.summary,
            },
        )
    _write_routes(built)
    _write_keys(built)
    _write_media(built)
    outcome.pages |= _write_dependencies(built)
    if outcome.changed:
        _log(built, old, was_live, version, now)
    _fan_out(outcome, built, old if was_live else None)
    return outcome


def remove(page_id: int) -> Outcome:
    """Turns a live document into a tombstone. Call inside a transaction; does nothing for what never was public."""
    old = Document.objects.filter(pk=page_id, removed_at=None).first()
    outcome = Outcome()
    if old is None:
        return outcome
    outcome.pages |= links_to(page_id)
    now = timezone.now()
    Document.objects.filter(pk=page_id).update(
        removed_at=now, changed_at=now, detail=b"", summary=b"", title="", sort_title="", version=old.version + 1
    )
    for model in (DocumentKey, Dependency, MediaFile):
        model.objects.filter(document_id=page_id).delete()  # type: ignore[attr-defined]
    Change.objects.create(
        kind="removed",
        document_id=page_id,
        site_id=old.site_id,
        type=old.type,
        locale=old.locale,
        path=old.path,
        version=old.version + 1,
        at=now,
    )
    outcome.changed = outcome.navigation = True
    outcome.affected = [
        f"page:{page_id}",
        f"list:{old.type}",
        "list:*",
        f"children:{old.parent_id}",
        f"translations:{old.translation_key}",
    ]
    return outcome


def _row(built: Built) -> dict[str, Any]:
    return {
        "site_id": built.site.id,
        "type": built.type,
        "locale": built.locale,
        "language": built.language,
        "path": built.path,
        "tree_path": built.tree_path,
        "parent_id": built.parent_id,
        "in_menu": built.in_menu,
        "translation_key": built.translation_key,
        "title": built.title,
        "sort_title": sort_title(built.title),
        "summary_hash": built.summary_hash,
        "published_at": built.published_at,
        "date_start": built.date_start,
        "date_end": built.date_end,
    }


def _stored_row(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in ROW}


ROW = (
    "site_id",
    "type",
    "locale",
    "language",
    "path",
    "tree_path",
    "parent_id",
    "in_menu",
    "translation_key",
    "title",
    "sort_title",
    "summary_hash",
    "published_at",
    "date_start",
    "date_end",
)


def _write_routes(built: Built) -> None:
    # older paths stay and lead here; a live page takes its path from whatever had it before
    route = Route.objects.filter(site_id=built.site.id, path=built.path).first()
    if route is None:
        Route.objects.create(site_id=built.site.id, path=built.path, document_id=built.page_id)
    elif route.document_id != built.page_id or route.redirect_id is not None:
        Route.objects.filter(site_id=built.site.id, path=built.path).update(
            document_id=built.page_id, location="", permanent=True, redirect_id=None
        )


def _write_keys(built: Built) -> None:
    wanted = {}
    for key in built.keys:
        value = key.value[:400]
        wanted["", key.field, value] = built.published_at
        if key.field != "type":
            wanted[built.type, key.field, value] = built.date_start
    stored = {
        (row.type, row.field, row.value): (row.site_id, row.date)
        for row in DocumentKey.objects.filter(document_id=built.page_id)
    }
    if stored == {key: (built.site.id, date) for key, date in wanted.items()}:
        return
    DocumentKey.objects.filter(document_id=built.page_id).delete()
    DocumentKey.objects.bulk_create(
        DocumentKey(site_id=built.site.id, type=type_, field=name, value=value, date=date, document_id=built.page_id)
        for (type_, name, value), date in wanted.items()
    )
    _write_labels(built)


def _write_labels(built: Built) -> None:
    wanted = {(key.field, key.value[:400]): key.label[:400] for key in built.keys if key.field != "under"}
    for (name, value), label in wanted.items():
        KeyLabel.objects.update_or_create(field=name, value=value, defaults={"label": label})


def _write_media(built: Built) -> None:
    stored = dict(MediaFile.objects.filter(document_id=built.page_id).values_list("path", "name"))
    if stored == built.media:
        return
    MediaFile.objects.filter(document_id=built.page_id).delete()
    MediaFile.objects.bulk_create(
        MediaFile(path=path, document_id=built.page_id, name=name) for path, name in built.media.items()
    )


def _write_dependencies(built: Built) -> set[int]:
    """Returns the pages that this one began or ceased to link to: they list what links to them."""
    stored = dict(Dependency.objects.filter(document_id=built.page_id).values_list("key", "link"))
    if stored == built.dependencies:
        return set()
    Dependency.objects.filter(document_id=built.page_id).delete()
    Dependency.objects.bulk_create(
        Dependency(key=key, document_id=built.page_id, link=link) for key, link in built.dependencies.items()
    )
    before = {key for key, link in stored.items() if link}
    after = {key for key, link in built.dependencies.items() if link}
    return {int(key.removeprefix("page:")) for key in before ^ after if key.startswith("page:")}


def _log(built: Built, old: Document | None, was_live: bool, version: int, now: datetime) -> None:
    moved = was_live and old is not None and (old.path, old.site_id) != (built.path, built.site.id)
    Change.objects.create(
        kind="moved" if moved else "updated" if was_live else "published",
        document_id=built.page_id,
        site_id=built.site.id,
        type=built.type,
        locale=built.locale,
        path=built.path,
        previous_path=old.path if moved and old else "",
        version=version,
        at=now,
    )


def _fan_out(outcome: Outcome, built: Built, live: Document | None) -> None:
    """Which dependencies see a difference: those on the summary, the place in the tree, the path."""
    moved = live is None or (live.tree_path, live.path, live.site_id) != (built.tree_path, built.path, built.site.id)
    renamed = live is None or live.title != built.title
    if live is None or live.summary_hash != built.summary_hash or moved:
        outcome.affected += [f"page:{built.page_id}", f"list:{built.type}", "list:*"]
    elif live is not None and outcome.changed:
        # keys that lists filter by may have changed without the summary
        outcome.affected += [f"list:{built.type}", "list:*"]
    if moved or renamed:
        outcome.affected += [f"children:{built.parent_id}", f"translations:{built.translation_key}"]
        if live is not None and live.parent_id != built.parent_id:
            outcome.affected.append(f"children:{live.parent_id}")
    outcome.navigation = moved or renamed or (live is not None and live.in_menu != built.in_menu)
    outcome.tree_moved = live is not None and live.path != built.path
