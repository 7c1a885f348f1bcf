"""Consumers that act on every entry of the log, as webhooks and purges do; they come and go while the worker runs.

They tell the outside, so they hold up nothing inside: `documents status` waits for `consumers.registered` alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from django.utils import timezone

from cms.publishing import consumers, reads
from cms.publishing.failpoint import failpoint
from cms.publishing.lease import Holder, writing
from cms.publishing.models import Change
from cms.publishing.models import Consumer as State
from cms.publishing.reads import ChangeRow

logger = logging.getLogger(__name__)

BATCH = 200


class Listener(Protocol):
    name: str

    def take(self, changes: Sequence[ChangeRow]) -> int:
        """Acts on entries, oldest first, and says how many it took; idempotent, as a crash repeats them.

        Raising means that none could be taken now: they come again after a pause.
        """

    def start_over(self) -> None:
        """The log does not lead from the cursor to the present: what happened in between is not known."""

    def deliver(self, lease: Holder | None) -> int:
        """After the log, on every step: what takes its own time. Returns how much was done."""

    def close(self) -> None:
        """Called from another thread when the worker stops: ends what is under way, as its connections."""


sources: list[Callable[[], Iterable[Listener]]] = []


def register(source: Callable[[], Iterable[Listener]]) -> None:
    """Called in ``AppConfig.ready``. The worker asks the source all the time who there is now, so it is cheap."""
    sources.append(source)


def current() -> dict[str, Listener]:
    """By name. The worker keeps the object that it saw first for as long as the name is there."""
    return {listener.name: listener for source in sources for listener in source()}


def listen(listener: Listener, lease: Holder | None = None) -> int:
    """One step: the next entries, then what is to be delivered. Returns how much was done.

    The cursor moves after the work is done, and only from where the step found it: a replay may have set it back.
    """
    row = State.objects.filter(name=listener.name).first()
    if row is None:
        if listener.name not in current():
            return 0  # it was removed, and took its cursor along
        row = State.objects.get_or_create(name=listener.name)[0]
    try:
        taken = _take(listener, row, lease) if consumers.log_serves(row) else _start_over(listener, row, lease)
        return taken + listener.deliver(lease)
    except Exception as error:
        State.objects.filter(pk=row.pk).update(error=f"{type(error).__name__}: {error}"[:4000])
        raise


def begin_at_end(name: str) -> None:
    """A new listener takes what comes from now on. Call it in the transaction in which it begins to be."""
    State.objects.update_or_create(
        name=name, defaults={"cursor": reads.last_change(), "epoch": reads.epoch(), "moved_at": timezone.now()}
    )


def go_to(name: str, cursor: int) -> None:
    """Has a listener go on behind a position: an earlier one, or a later."""
    State.objects.filter(name=name).update(cursor=cursor, epoch=reads.epoch(), moved_at=timezone.now(), error="")


def _take(listener: Listener, row: State, lease: Holder | None) -> int:
    changes = reads.log(row.cursor, BATCH)
    taken = listener.take(changes) if changes else 0
    if taken:
        failpoint("applied")
        _move(row, changes[taken - 1].cursor, row.epoch, lease)
    elif row.error:
        State.objects.filter(pk=row.pk).update(error="")
    return taken


def _start_over(listener: Listener, row: State, lease: Holder | None) -> int:
    epoch, last = reads.epoch(), reads.last_change()
    logger.warning("The log does not lead on from where %s was", listener.name)
    listener.start_over()
    _move(row, last, epoch, lease)
    return 1


def _move(row: State, cursor: int, epoch: str, lease: Holder | None) -> None:
    with writing(lease):
        State.objects.filter(pk=row.pk, cursor=row.cursor).update(
            cursor=cursor, epoch=epoch, moved_at=timezone.now(), error=""
        )
    failpoint("moved")


def position_at(time: object) -> int:
    """The position before the first entry that is not older than a time."""
    later = Change.objects.filter(at__gte=time).order_by("pk").values_list("pk", flat=True).first()
    return reads.last_change() if later is None else later - 1
