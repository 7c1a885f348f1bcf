"""Compares pages, documents and what consumers hold; repairs by leaving notes, so that one mechanism does the work."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from cms.plugins import registry
from cms.publishing import aliases, audits, consumers, reasons, redirects, sites, store
from cms.publishing.batch import Batch
from cms.publishing.build import build
from cms.publishing.models import Audit, Document, Note, PublishedSite
from cms.publishing.notes import Priority, note_all
from cms.publishing.public import Publicness

logger = logging.getLogger(__name__)

BATCH = 100


@dataclass(slots=True)
class Report:
    """What differs.

    missing    public pages without document
    stale      documents that a build would change, and aliases that have not followed their source
    failed     pages that cannot be built: why
    ghost      documents of pages that are not public, and remains of such
    others     targets of notes on sites and redirects that are not as they should be
    consumers  what each has otherwise than the documents are
    """

    pages: int = 0
    documents: int = 0
    missing: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)
    ghost: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    consumers: dict[str, consumers.Drift] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        own = self.missing or self.stale or self.ghost or self.failed or self.others
        return not own and not any(self.consumers.values())

    @property
    def counts(self) -> dict[str, int]:
        """What differs → how many."""
        own = ("missing", "stale", "ghost", "failed", "others")
        return {name: len(getattr(self, name)) for name in own} | _counts(self.consumers)

    @property
    def indexed(self) -> int:
        """Documents that search holds in their present state."""
        drift = self.consumers.get("search")
        return self.documents - len(drift.missing | drift.stale) if drift is not None else 0


def check() -> Report:
    """Builds every public page in memory and compares it with what is stored. Raises consumers.Unavailable."""
    report = Report()
    publicness = Publicness()
    live = set(Document.objects.filter(removed_at=None).values_list("pk", flat=True))
    public: set[int] = set()
    for page, batch in _public_pages(publicness):
        public.add(page.pk)
        if page.pk not in live:
            report.missing.add(page.pk)
            continue
        try:
            if store.difference(build(page, publicness, batch=batch), batch):
                report.stale.add(page.pk)
        except Exception as error:
            report.failed[page.pk] = f"{type(error).__name__}: {error}"
    report.pages = len(public)
    report.documents = len(live)
    report.ghost = (live - public) | store.leftovers()
    report.stale |= {alias.pk for alias in aliases.behind()}
    report.others = [*_stale_sites(publicness), *_stale_redirects(publicness)]
    report.consumers = {name: consumer.compare() for name, consumer in consumers.registered.items()}
    return report


def repair(report: Report) -> None:
    """Leaves notes for all that differs."""
    aliases.catch_up()
    differing = sorted(report.missing | report.stale | report.ghost | set(report.failed))
    with transaction.atomic():
        note_all([*(f"page:{each}" for each in differing), *report.others], "repair", Priority.DIRECT)
        for name, drift in report.consumers.items():
            consumers.ask_again(name, drift, reasons.DIFFERED)


def mend() -> None:
    """Finds and repairs what can be found without building: the worker does it when it begins, and every hour.

    So what was changed past the notes (SQL, an update of many rows) is not public, or missing, for longer than that.
    """
    behind = aliases.behind().count()
    aliases.catch_up()
    found = differing()
    drifts = _drifts()
    # an edit of this moment differs as well; it is on its way and is nobody's mistake
    noted = set(Note.objects.filter(target__startswith="page:").values_list("target", flat=True))
    live = set(Document.objects.filter(removed_at=None, pk__in=found).values_list("pk", flat=True))
    mistakes = {each for each in found if f"page:{each}" not in noted}
    counts = {"missing": len(mistakes - live), "ghost": len(mistakes & live), "stale": behind}
    counts |= _counts({name: drift for name, drift in drifts.items() if not consumers.lag(name)})
    note_all([f"page:{each}" for each in sorted(found)], "mend", Priority.FAN_OUT)
    for name, drift in drifts.items():
        consumers.ask_again(name, drift, reasons.DIFFERED)
    audits.record(Audit.Kind.HOURLY, counts)


def differing() -> set[int]:
    """Ids of public pages without a document and documents of other pages: what can be seen without building."""
    publicness = Publicness()
    types = ContentType.objects.get_for_models(*(each.model for each in registry.content_types().values()))
    pages = Page.objects.filter(live=True, content_type__in=types.values()).only("path").iterator()
    public = {page.pk for page in pages if publicness.is_reachable(page)}
    live = set(Document.objects.filter(removed_at=None).values_list("pk", flat=True))
    return (public ^ live) | store.leftovers()


def _drifts() -> dict[str, consumers.Drift]:
    """Of the consumers that can be asked now; what one makes anew differs until it is made."""
    found = {}
    for name, consumer in consumers.registered.items():
        if not consumers.preparing(name):
            try:
                found[name] = consumer.compare()
            except consumers.Unavailable as error:
                logger.warning("%s is not compared with the documents: %s", name, error)
    return found


def _counts(drifts: Mapping[str, consumers.Drift]) -> dict[str, int]:
    return {name: len(drift.missing | drift.stale | drift.ghost) for name, drift in drifts.items()}


def _public_pages(publicness: Publicness) -> Iterator[tuple[Any, Batch]]:
    """Every public page, as its specific class, and what is read with it."""
    ids = list(Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = Batch(ids[start : start + BATCH])
        for _, page in sorted(batch.pages().items()):
            if publicness.is_public(page):
                yield page, batch


def _stale_sites(publicness: Publicness) -> list[str]:
    known = {*publicness.site_ids, *PublishedSite.objects.values_list("pk", flat=True)}
    return [f"site:{each}" for each in sorted(known) if not sites.is_stored(sites.build_site(each, publicness))]


def _stale_redirects(publicness: Publicness) -> list[str]:
    return [f"redirect:{each}" for each in sorted(redirects.known()) if redirects.differing(each, publicness)]
