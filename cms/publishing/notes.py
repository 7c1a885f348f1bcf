"""Notes: left in the transaction of whatever changes, so that none is lost and none is early."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from cms.publishing.failpoint import failpoint
from cms.publishing.models import Note

Priority = Note.Priority
CHUNK = 500
LONGEST_WAIT_SECONDS = 600


def note(target: str, reason: str, priority: int = Priority.DIRECT) -> None:
    """Leaves a note in the current transaction."""
    if target.startswith("renditions:"):
        priority = Priority.RENDITIONS
    Note.objects.create(target=target, reason=reason[:200], priority=priority)
    failpoint("noted")


def note_all(targets: Iterable[str], reason: str, priority: int) -> None:
    """Leaves a note per target; for what follows, unless one at least as urgent waits already and has not failed.

    An edit always leaves its own: the waiting one may be of a build that has begun, and go with it.
    """
    wanted = list(dict.fromkeys(targets))
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        waiting: set[str] = set()
        if priority != Priority.DIRECT:
            urgent = Note.objects.filter(target__in=part, priority__lte=priority, attempts=0)
            waiting = set(urgent.values_list("target", flat=True))
        Note.objects.bulk_create(
            Note(target=target, reason=reason[:200], priority=priority) for target in part if target not in waiting
        )


def retry_later(note_ids: Sequence[int], priority: int, attempts: int, error: str) -> None:
    """Keeps one note of those whose work failed, with the reason, for a later try: 1 s, 2 s, 4 s … 10 minutes.

    One, since every edit of another page that this one shows leaves another.
    """
    kept, *others = note_ids
    delay = timedelta(seconds=min(LONGEST_WAIT_SECONDS, 2 ** min(attempts - 1, 10)))
    Note.objects.filter(pk=kept).update(
        priority=priority, attempts=attempts, error=error[:4000], due_at=timezone.now() + delay
    )
    Note.objects.filter(pk__in=others).delete()
