"""The worker: projector, renditions and consumers. The schedule is a process of its own beside it (``clock``)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import close_old_connections

from cms.publishing import auditor, consumers, housekeeping, listeners, log_position, projection
from cms.publishing.listeners import Listener
from cms.publishing.projector import Projector
from cms.publishing.rendition_maker import make_renditions
from cms.publishing.standby import SECOND, Loop, Standby

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.1
"""Of the projector; the rest follow it in their own time."""
FOLLOW_SECONDS = 0.2
LISTEN_SECONDS = 0.5
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Guest:
    """A listener at work. ``gone`` ends its loop."""

    listener: Listener
    thread: threading.Thread
    gone: threading.Event

    def dismiss(self) -> None:
        self.gone.set()
        self.listener.close()


class Worker(Standby):
    def __init__(self) -> None:
        super().__init__("projector")
        self._guests: dict[str, Guest] = {}

    def begin(self) -> list[Loop]:
        projection.begin(self.lease)
        log_position.notice_restore(self.lease)
        return [
            Loop("projector", Projector(self.lease).step, POLL_SECONDS),
            Loop("renditions", make_renditions, FOLLOW_SECONDS),
            Loop("log position", partial(log_position.notice_restore, self.lease), SECOND),
            Loop("housekeeping", housekeeping.tidy, HOUR),
            Loop("auditor", _mend, HOUR),
            *(
                Loop(f"consumer {name}", partial(consumers.follow, each, self.lease), FOLLOW_SECONDS)
                for name, each in consumers.registered.items()
            ),
        ]

    def tend(self, over: threading.Event) -> None:
        """Begins to serve listeners that are new, and ends with those that are gone."""
        try:
            current = listeners.current()
        except Exception:
            logger.exception("Could not ask for listeners")
            close_old_connections()
            return
        for name, guest in list(self._guests.items()):
            if name not in current and not guest.gone.is_set():
                guest.dismiss()
            if guest.gone.is_set() and not guest.thread.is_alive():
                del self._guests[name]
        for name, listener in current.items():
            if name not in self._guests:
                gone = threading.Event()
                loop = Loop(name, partial(listeners.listen, listener, self.lease), LISTEN_SECONDS)
                self._guests[name] = Guest(listener, self.thread(loop, over, gone), gone)

    def end(self) -> None:
        for guest in self._guests.values():
            guest.dismiss()
        for guest in self._guests.values():
            guest.thread.join()
        self._guests.clear()

    def close(self) -> None:
        for consumer in consumers.registered.values():
            consumer.close()


def _mend() -> None:
    if projection.is_built():  # until then everything differs, and is on its way
        auditor.mend()


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Polls until ``condition()`` is true; False when the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(0.1)
    return True
