from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.content import times
from cms.publishing import auditor, audits, consumers, log_position, projection, schedule, waiting
from cms.publishing.lease import Holder, holder_alive
from cms.publishing.models import Audit, Note, Parked
from cms.publishing.notes import note
from cms.publishing.projector import Projector
from cms.publishing.rendition_maker import make_renditions
from cms.publishing.worker import wait_for

PATIENCE_SECONDS = 120.0
"""Without progress of the worker; all of it may take as long as it takes."""


class Command(BaseCommand):
    help = "The published documents: what is waiting, whether they are right, and how to make them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        status = actions.add_parser("status", help="Exit 0 when nothing is waiting, else 1.")
        status.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="Wait so long for it.")
        actions.add_parser("restored", help="The database has gone back: all cursors given out expire.")
        actions.add_parser("rebuild", help="Build every document again; unchanged ones keep their version.")
        check = actions.add_parser("check", help="Compare pages, documents and search index; exit 1 on a difference.")
        actions.add_parser("validate", help="Hold every document against the OpenAPI description; exit 1 on a fault.")
        check.add_argument("--repair", action="store_true", help="Put right what differs, then compare again.")

        retry = actions.add_parser("retry", help="Try again now what failed: notes, and what consumers have parked.")
        retry.add_argument("what", nargs="?", default="", help="As status names it: page:12, 'search page:12', search.")
        drop = actions.add_parser("drop", help="Give up what a consumer has parked, until the page changes again.")
        drop.add_argument("consumer")
        drop.add_argument("page", type=int)

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(**options)

    def _status(self, wait: float, **_: Any) -> None:
        wait_for(lambda: not any(_pending().values()), wait)
        pending = _pending()
        state = {**pending, "worker": holder_alive("projector"), "failed": _failed(), "audits": _audits()}
        self.stdout.write(json.dumps(state, indent=2, ensure_ascii=False))
        if any(pending.values()):
            raise SystemExit(1)

    def _restored(self, **_: Any) -> None:
        log_position.renew_epoch()
        self._status(wait=0)

    def _rebuild(self, **_: Any) -> None:
        note("all:", "rebuild", Note.Priority.REBUILD)
        self._work_off()
        self._status(wait=0)

    def _validate(self, **_: Any) -> None:
        from cms.api.openapi.validation import faults  # the API is above this layer, and only this action needs it

        count = 0
        for fault in faults():
            count += 1
            self.stdout.write(str(fault))
        if count:
            raise CommandError(f"{count} faults: what clients get is not what the description of the API says.")
        self.stdout.write("every document is as the description of the API says")

    def _check(self, repair: bool, **_: Any) -> None:
        try:
            self._compare(repair)
        except consumers.Unavailable as error:
            raise CommandError(f"Nothing can be said now: {error}") from error

    def _compare(self, repair: bool) -> None:
        report = auditor.check()
        found = report.counts
        if repair and not report.clean:
            auditor.repair(report)
            self._work_off()
            report = auditor.check()
        audits.record(Audit.Kind.COMPLETE, found, left=sum(report.counts.values()))
        self.stdout.write(json.dumps(_as_json(report), indent=2, ensure_ascii=False))
        if not report.clean:
            raise SystemExit(1)

    def _retry(self, what: str, **_: Any) -> None:
        self.stdout.write(json.dumps({"retried": waiting.retry(what)}))

    def _drop(self, consumer: str, page: int, **_: Any) -> None:
        if not waiting.drop(consumer, page):
            raise CommandError(f"{consumer} has not parked page {page}; see `documents status`.")

    def _work_off(self) -> None:
        """Waits for the running worker; without one, does its work here."""
        if holder_alive("projector"):
            left = Note.objects.count()
            while not wait_for(_tried, PATIENCE_SECONDS):
                before, left = left, Note.objects.count()
                if left >= before:
                    raise CommandError("The worker does not get on; see `documents status` and its log.")
            return
        lease = Holder("projector")
        if not lease.take():
            raise CommandError("Another process has just taken over publishing; try again.")
        try:
            projector = Projector(lease)
            while projector.drain() or make_renditions():
                pass
            for consumer in consumers.registered.values():
                while consumers.follow(consumer, lease):
                    pass
        finally:
            for consumer in consumers.registered.values():
                consumer.close()
            lease.release()


def _pending() -> dict[str, int]:
    """What waits, by kind; ``first_build`` is 1 until the sites can be read at all."""
    renditions = Note.Priority.RENDITIONS
    return {
        "first_build": 0 if projection.is_built() else 1,
        "notes": Note.objects.exclude(priority=renditions).count(),
        "renditions": Note.objects.filter(priority=renditions).count(),
        **{name: consumers.pending(name) for name in consumers.registered},
    }


def _tried() -> bool:
    """True when everything was tried once; what failed is tried again later, and nobody should wait for it here."""
    untried = Note.objects.filter(attempts=0).exists() or Parked.objects.filter(attempts=0).exists()
    behind = any(consumers.lag(name) or consumers.preparing(name) for name in consumers.registered)
    return projection.is_built() and not untried and not behind


def _failed() -> list[dict[str, Any]]:
    notes = Note.objects.exclude(error="").order_by("pk")
    parked = Parked.objects.filter(attempts__gt=0).order_by("consumer", "document_id")
    now = timezone.now()
    return (
        [
            {
                "what": each.target,
                "reason": each.error,
                "attempts": each.attempts,
                "retry_in_s": round((each.due_at - now).total_seconds()) if each.due_at else 0,
            }
            for each in notes
        ]
        + [
            {
                "what": f"{each.consumer} page:{each.document_id}",
                "reason": each.reason,
                "attempts": each.attempts,
                "retry_in_s": round((each.retry_at - now).total_seconds()),
            }
            for each in parked
        ]
        + [
            {"what": each, "reason": "overdue; the worker's log says why", "attempts": None, "retry_in_s": None}
            for each in schedule.overdue()
        ]
    )


def _audits() -> dict[str, dict[str, Any]]:
    return {
        each.kind: {"at": times.instant(each.at), "found": each.found, "repaired": each.repaired}
        for each in audits.last()
    }


def _as_json(report: auditor.Report) -> dict[str, Any]:
    drifts = report.consumers.values()
    stale = report.stale.union(report.failed, *(drift.stale for drift in drifts))
    return {
        "pages": report.pages,
        "documents": report.documents,
        "indexed": report.indexed,
        "missing": sorted(report.missing.union(*(drift.missing for drift in drifts))),
        "stale": [*sorted(stale), *report.others],
        "ghost": sorted(report.ghost.union(*(drift.ghost for drift in drifts))),
    }
