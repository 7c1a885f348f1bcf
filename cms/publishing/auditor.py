"""Compares pages, documents and what consumers hold; repairs by leaving notes, so that one mechanism does the work."""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson
from wagtail.models import Page

from cms.plugins import registry
from cms.publishing import consumers
from cms.publishing.build import Built, build
from cms.publishing.models import Dependency, Document, DocumentKey, MediaFile, Route
from cms.publishing.notes import Priority, note_all
from cms.publishing.public import Publicness


@dataclass(slots=True)
class Report:
    """Counts, and the ids that differ: public pages without document, documents that a build would change, leftovers."""

    pages: int = 0
    documents: int = 0
    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    ghost: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)
    consumers: dict[str, consumers.Drift] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not (self.missing or self.stale or self.ghost or self.failed or any(self.consumers.values()))

    @property
    def indexed(self) -> int:
        """Documents that search holds in their present state."""
        drift = self.consumers.get("search")
        return self.documents - len(drift.missing | drift.stale) if drift is not None else 0  # an empty drift is false


def check() -> Report:
    """Builds every public page in memory and compares it with what is stored."""
    report = Report()
    publicness = Publicness()
    live = {
        document.pk: document
        for document in Document.objects.filter(removed_at=None).defer("detail", "summary").iterator(500)
    }
    public: set[int] = set()
    for page in public_pages(publicness):
        public.add(page.pk)
        if page.pk not in live:
            report.missing.add(page.pk)
            continue
        try:
            if not is_current(build(page, publicness)):
                report.stale.add(page.pk)
        except Exception as error:
            report.failed[page.pk] = f"{type(error).__name__}: {error}"
    report.pages = len(public)
    report.documents = len(live)
    report.ghost = set(live) - public
    report.consumers = {name: consumer.compare() for name, consumer in consumers.registered.items()}
    return report


def public_pages(publicness: Publicness):  # type: ignore[no-untyped-def]
    """Every public page, as its specific class, in batches."""
    ids = list(Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True))
    types = {each.model for each in registry.content_types().values()}
    for start in range(0, len(ids), 100):
        for page in Page.objects.filter(pk__in=ids[start : start + 100]).order_by("pk").specific():
            if type(page) in types and publicness.is_public(page):
                yield page


def is_current(built: Built) -> bool:
    """True when document, keys, dependencies, files and route are what this build would write."""
    document = Document.objects.get(pk=built.page_id)
    if bytes(document.detail) != built.detail_bytes(document.version) or bytes(document.summary) != built.summary:
        return False
    if document.site_id != built.site.id or document.path != built.path:
        return False
    keys = set(DocumentKey.objects.filter(document_id=built.page_id, type="").values_list("field", "value", "date"))
    if keys != {(key.field, key.value[:400], built.published_at) for key in built.keys}:
        return False
    dependencies = dict(Dependency.objects.filter(document_id=built.page_id).values_list("key", "link"))
    media = dict(MediaFile.objects.filter(document_id=built.page_id).values_list("path", "name"))
    route = Route.objects.filter(site_id=built.site.id, path=built.path, document_id=built.page_id)
    return dependencies == built.dependencies and media == built.media and route.exists()


def repair(report: Report) -> None:
    """Leaves notes for all that differs; a damaged document is written anew even where its hash still fits."""
    damaged = [each for each in report.stale if not _intact(each)]
    Document.objects.filter(pk__in=damaged).update(etag="")
    differing = sorted(report.missing | report.stale | report.ghost | set(report.failed))
    note_all([f"page:{each}" for each in differing], "repair", Priority.DIRECT)
    for name, drift in report.consumers.items():
        consumers.ask_again(name, sorted(drift.missing | drift.stale | drift.ghost), "repair")


def _intact(document_id: int) -> bool:
    """True when the stored JSON still has the hash that its ETag names."""
    import hashlib

    document = Document.objects.get(pk=document_id)
    try:
        detail = orjson.loads(bytes(document.detail))
    except orjson.JSONDecodeError:
        return False
    detail.pop("version", None)
    digest = hashlib.blake2b(orjson.dumps(detail), digest_size=12).hexdigest()
    return document.etag == f"{digest}-{document.version}"
