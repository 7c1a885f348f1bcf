"""Whether an index was behind the log: what it answered then is in caches, and wrong once it has followed."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings

from cms.publishing import consumers, reads
from cms.publishing.models import Consumer, Parked

LOOKS_SECONDS = 5.0
"""Between two looks, or as long as until the second purge: what takes less, that purge ends."""

SOON_SECONDS = 1.0
"""The same while an index is behind, and between its coming up and the purge."""


@dataclass(slots=True)
class IndexLag:
    """``_owed``: an index has come nearer to the log, and nothing was purged since."""

    _behind: bool = False
    _parked: int = 0
    _owed: bool = False
    _due: float = 0

    def is_over(self) -> bool:
        """Asks the database, but not at every call. True a look after an index has followed: by then all processes
        that search have noticed."""
        now = time.monotonic()
        if now < self._due:
            return False
        owed = self._owed
        behind, parked = _state()
        self._owed |= (self._behind and not behind) or parked < self._parked
        self._behind, self._parked = behind, parked
        usual = min(LOOKS_SECONDS, settings.PURGE_AGAIN_SECONDS or LOOKS_SECONDS)
        self._due = now + (min(usual, SOON_SECONDS) if self._behind or self._owed else usual)
        return owed

    def forget(self) -> None:
        self._owed = False


def _state() -> tuple[bool, int]:
    """Whether an index lacks changes or is being made anew, and how many documents it could not take yet."""
    names = list(consumers.registered)
    rows = Consumer.objects.filter(name__in=names).values_list("cursor", "preparing")
    last = reads.last_change()
    behind = any(cursor < last or preparing for cursor, preparing in rows)
    return behind, Parked.objects.filter(consumer__in=names).count()
