"""Follows the log for each cache before us and has it forget what changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import takewhile

from django.conf import settings
from django.utils import timezone

from cms.delivery.purging import targets
from cms.delivery.purging.index_lag import IndexLag
from cms.delivery.purging.targets import PurgeFailed, Target
from cms.delivery.purging.urls import WagtailBackends
from cms.publishing.lease import Holder
from cms.publishing.listeners import Listener
from cms.publishing.models import Consumer
from cms.publishing.reads import ChangeRow
from search.desk import stored

LONGEST_WAIT_SECONDS = 300.0


def configured() -> list[Target]:
    found = targets.by_tags()
    if getattr(settings, "WAGTAILFRONTENDCACHE", None):
        found.append(WagtailBackends())
    return found


def listeners() -> Iterator[Listener]:
    """What the worker serves: each cache twice.

    An answer that was made just before a change may reach the cache just after the purge; the second purge, some
    seconds later, ends that.
    """
    for target in configured():
        yield PurgeListener(target)
        if settings.PURGE_AGAIN_SECONDS:
            yield PurgeListener(target, settings.PURGE_AGAIN_SECONDS)


def forget_gone() -> int:
    """A chore of housekeeping: a cache that is no longer there has no lag. Should it return, it is purged whole."""
    names = [each.name for each in listeners()]
    return Consumer.objects.filter(name__startswith="purge ").exclude(name__in=names).delete()[0]


class PurgeListener:
    """``later_s``: entries are taken when they are so old."""

    def __init__(self, target: Target, later_s: float = 0) -> None:
        self.name = f"{target.name} again" if later_s else target.name
        self._target = target
        self._later = timedelta(seconds=later_s)
        self._closing = threading.Event()
        self._rules: str = ""
        self._rules_due: float | None = None
        # once is enough, and the later of the two sees whether an index still lacks what was purged
        self._index = IndexLag() if later_s == settings.PURGE_AGAIN_SECONDS else None

    def take(self, changes: Sequence[ChangeRow]) -> int:
        ripe = timezone.now() - self._later
        taken = list(takewhile(lambda row: row.at <= ripe, changes)) if self._later else list(changes)
        keys = self._target.keys(taken)
        for start in range(0, len(keys), self._target.batch):
            self._patiently(partial(self._target.purge, keys[start : start + self._target.batch]))
        return len(taken)

    def start_over(self) -> None:
        self._patiently(self._target.purge_all)

    def deliver(self, lease: Holder | None) -> int:
        return self._rules_changed() + self._index_followed()

    def _index_followed(self) -> int:
        """Purges what an index answered before it had what the log told long ago: nothing else would end that."""
        if not self._index or not self._index.is_over():
            return 0
        if indexed := self._target.indexed:
            self._patiently(partial(self._target.purge, indexed))
        self._index.forget()
        return 1

    def _rules_changed(self) -> int:
        """Purges searches after a rule of the search desk changed, of which the log does not tell.

        Once more after a start: nobody knows whether it changed before the last end.
        """
        now = time.monotonic()
        if (rules := stored.version()) != self._rules:
            # web processes believe the old ones that much longer
            self._rules, self._rules_due = rules, now + stored.FRESH_SECONDS + self._later.total_seconds()
        if self._rules_due is None or now < self._rules_due:
            return 0
        if searches := self._target.searches:
            self._patiently(partial(self._target.purge, searches))
        self._rules_due = None
        return 1

    def close(self) -> None:
        self._closing.set()

    def _patiently(self, purge: Callable[[], None]) -> None:
        """Waits as long as the cache asks for; the worker tries again whatever failed."""
        try:
            purge()
        except PurgeFailed as error:
            self._closing.wait(min(error.retry_after_s, LONGEST_WAIT_SECONDS))
            raise
