"""Whatever editors do, in whatever order: what was published step by step is what a full rebuild would publish.

FORMIDLE_HISTORIES=500 runs so many, FORMIDLE_STEPS=60 makes them longer, FORMIDLE_SEED=12 repeats one.
"""

from __future__ import annotations

import os
from collections import defaultdict
from itertools import pairwise
from typing import Any

import orjson
import pytest
from django.db import transaction
from wagtail.models import Page

from cms.publishing import mirror, reads
from cms.publishing.models import (
    Change,
    Dependency,
    Document,
    DocumentKey,
    MediaFile,
    Note,
    Projection,
    PublishedSite,
    Route,
)
from cms.publishing.notes import note
from tests.integration.publishing import site as s
from tests.integration.publishing.histories import SECRET, History

HISTORIES = int(os.environ.get("FORMIDLE_HISTORIES", 20))
STEPS = int(os.environ.get("FORMIDLE_STEPS", 25))
SEEDS = [os.environ["FORMIDLE_SEED"]] if "FORMIDLE_SEED" in os.environ else [str(each) for each in range(HISTORIES)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_incremental_is_the_same_as_rebuilt(home, seed):
    history = History(seed, home)
    try:
        history.run(STEPS)
        s.work()
        s.assert_consistent()
        published = state()
        check_invariants()
        check_rebuild_writes_nothing()
        with transaction.atomic():
            rebuild_from_scratch()
            assert state() == published
            transaction.set_rollback(True)
    except BaseException:
        print(f"FORMIDLE_SEED={seed} FORMIDLE_STEPS={STEPS}", *history.log, sep="\n")
        raise


def state() -> dict[str, Any]:
    """All that is public now, without history: no versions, tombstones, old paths."""
    live = Document.objects.filter(removed_at=None).order_by("pk")
    ids = [document.pk for document in live]
    return {
        "documents": [(each.pk, each.path, _json(each), bytes(each.summary)) for each in live],
        "keys": reads.keys(ids),
        "dates": list(live.values_list("pk", "published_at", "date_start", "date_end", "sort_title")),
        "dependencies": sorted(Dependency.objects.values_list("key", "document_id", "link")),
        "media": sorted(MediaFile.objects.values_list("path", "document_id", "name")),
        "sites": [
            (each.pk, bytes(each.navigation), bytes(each.settings)) for each in PublishedSite.objects.order_by("pk")
        ],
        "redirects": sorted(
            Route.objects.filter(redirect_id__isnull=False).values_list("path", "redirect_id", "target_id", "location")
        ),
    }


def _json(document: Document) -> bytes:
    parsed = orjson.loads(bytes(document.detail))
    assert parsed.pop("version") == document.version
    return orjson.dumps(parsed)


def check_invariants() -> None:
    site_id = reads.site_for_host("localhost").id
    for document in Document.objects.filter(removed_at=None):
        found = reads.resolve(document.site_id, document.path)
        assert isinstance(found, reads.DocumentRow), document
        assert found.id == document.pk
        assert SECRET.encode() not in bytes(document.detail) + bytes(document.summary)
    for row in PublishedSite.objects.all():
        assert SECRET.encode() not in bytes(row.navigation) + bytes(row.settings)
    for path in mirror.redirect_paths(site_id, "", 10_000):
        target = reads.resolve(site_id, path)
        assert isinstance(target, reads.Redirected)
        if target.location.startswith("/"):
            assert isinstance(reads.resolve(site_id, target.location), reads.DocumentRow), "one hop"
    for document in Document.objects.exclude(removed_at=None):
        assert (document.title, bytes(document.detail), bytes(document.summary)) == ("", b"", b"")
    _check_log()
    assert not Note.objects.exists()


def _check_log() -> None:
    """Positions and versions of a document rise together, and the last entry says what it is now."""
    entries: dict[int, list[Change]] = defaultdict(list)
    for change in Change.objects.exclude(document_id=None).order_by("pk"):
        entries[change.document_id].append(change)  # type: ignore[index]
    for document in Document.objects.all():
        versions = [change.version for change in entries[document.pk]]
        assert all(earlier < later for earlier, later in pairwise(versions)), versions  # type: ignore[operator]
        last = entries[document.pk][-1]
        assert (last.version, last.kind == "removed") == (document.version, document.removed_at is not None)
        assert last.path == document.path


def check_rebuild_writes_nothing() -> None:
    before = (reads.last_change(), list(Document.objects.order_by("pk").values_list("pk", "version", "changed_at")))
    note("all:", "rebuild", Note.Priority.REBUILD)
    s.work()
    after = (reads.last_change(), list(Document.objects.order_by("pk").values_list("pk", "version", "changed_at")))
    assert after == before


def rebuild_from_scratch() -> None:
    for model in (DocumentKey, Dependency, MediaFile, Route, Document, PublishedSite, Projection):
        model.objects.all().delete()  # type: ignore[attr-defined]
    assert Page.objects.exists()
    s.work()
