"""The next things to do: notes, put together by target."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.publishing.models import Note
from cms.publishing.notes import Priority

BATCH = 50


@dataclass(slots=True)
class Work:
    """All notes that waited for one target when it was taken up; one build answers them all."""

    target: str
    priority: int = Priority.RENDITIONS
    attempts: int = 0
    ids: list[int] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.target.partition(":")[0]

    @property
    def argument(self) -> str:
        return self.target.partition(":")[2]


def next_work() -> list[Work]:
    """The next targets, direct edits first. Notes that come later are not in it, so they outlive the work."""
    return _gathered(_due().exclude(priority=Priority.RENDITIONS), BATCH)


def next_renditions() -> Work | None:
    return next(iter(_gathered(_due().filter(priority=Priority.RENDITIONS), 1)), None)


def direct_waits() -> bool:
    return _due().filter(priority=Priority.DIRECT).exists()


def came_meanwhile(work: Work) -> bool:
    """True when the target has notes that were not there when the work was taken up."""
    return Note.objects.filter(target=work.target).exclude(pk__in=work.ids).exists()


def _due() -> QuerySet[Note]:
    return Note.objects.filter(Q(due_at=None) | Q(due_at__lte=timezone.now()))


def _gathered(notes: QuerySet[Note], limit: int) -> list[Work]:
    targets = notes.order_by("priority", "pk").values_list("target", flat=True)[:limit]
    work = {target: Work(target) for target in targets}
    if not work:
        return []
    rows = Note.objects.filter(target__in=work).order_by("pk").values_list("pk", "target", "priority", "attempts")
    for pk, target, priority, attempts in rows:
        each = work[target]
        each.ids.append(pk)
        each.priority = min(each.priority, priority)
        each.attempts = max(each.attempts, attempts)
    return [each for each in work.values() if each.ids]
