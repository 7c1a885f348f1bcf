"""The worker process: projector, renditions, consumers and schedule, each in a thread with its own connection."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import close_old_connections, connection

from cms.publishing import auditor, consumers, housekeeping, listeners, log_position, projection
from cms.publishing.lease import Holder, LeaseLost
from cms.publishing.listeners import Listener
from cms.publishing.projector import Projector
from cms.publishing.rendition_maker import make_renditions
from cms.publishing.schedule import Schedule

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.1
"""Of the projector; the rest follow it in their own time."""
FOLLOW_SECONDS = 0.2
LISTEN_SECONDS = 0.5
SECOND = 1.0
HOUR = 3600.0
ERROR_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Guest:
    """A listener at work. ``gone`` ends its loop."""

    listener: Listener
    thread: threading.Thread
    gone: threading.Event


class Worker:
    """``run()`` returns after ``stop()``. A second worker stands by until the first one's lease ends."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self.lease = Holder("projector")

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        failures = 0
        try:
            while not self._stopping.is_set():
                try:
                    if self.lease.take():
                        self._work()
                    failures = 0
                except Exception:  # no database, for instance: it comes back
                    failures += 1
                    logger.exception("The worker cannot begin")
                    close_old_connections()
                self._stopping.wait(_pause(failures) if failures else SECOND)
        finally:
            self.lease.release()

    def _work(self) -> None:
        """All loops until the worker stops or the lease is lost."""
        over = threading.Event()
        projection.begin(self.lease)
        log_position.notice_restore(self.lease)
        loops: list[tuple[str, Callable[[], int | None], float]] = [
            ("projector", Projector(self.lease).step, POLL_SECONDS),
            ("renditions", make_renditions, FOLLOW_SECONDS),
            ("schedule", Schedule(self.lease).run_due, SECOND),
            ("log position", partial(log_position.notice_restore, self.lease), SECOND),
            ("housekeeping", housekeeping.tidy, HOUR),
            ("auditor", _mend, HOUR),
            *(
                (f"consumer {name}", partial(consumers.follow, each, self.lease), FOLLOW_SECONDS)
                for name, each in consumers.registered.items()
            ),
        ]
        threads = [
            threading.Thread(target=self._loop, args=(step, pause, over, over), name=name)
            for name, step, pause in loops
        ]
        for thread in threads:
            thread.start()
        guests: dict[str, Guest] = {}
        while not self._stopping.wait(0.5) and not over.is_set() and not self.lease.lost.is_set():
            self._attend(guests, over)
        over.set()
        for guest in guests.values():
            _dismiss(guest)
        for thread in (*threads, *(guest.thread for guest in guests.values())):
            thread.join()
        for consumer in consumers.registered.values():
            consumer.close()
        if not self._stopping.is_set():
            logger.warning("The lease is held by another worker; standing by")

    def _attend(self, guests: dict[str, Guest], over: threading.Event) -> None:
        """Begins to serve listeners that are new, and ends with those that are gone."""
        try:
            current = listeners.current()
        except Exception:
            logger.exception("Could not ask for listeners")
            close_old_connections()
            return
        for name, guest in list(guests.items()):
            if name not in current and not guest.gone.is_set():
                _dismiss(guest)
            if guest.gone.is_set() and not guest.thread.is_alive():
                del guests[name]
        for name, listener in current.items():
            if name not in guests:
                gone = threading.Event()
                step = partial(listeners.listen, listener, self.lease)
                thread = threading.Thread(target=self._loop, args=(step, LISTEN_SECONDS, over, gone), name=name)
                guests[name] = Guest(listener, thread, gone)
                thread.start()

    def _loop(self, step: Callable[[], int | None], pause: float, over: threading.Event, gone: threading.Event) -> None:
        """``gone`` ends this loop, ``over`` is to end all of them."""
        failures = 0
        try:
            while not gone.is_set():
                try:
                    done = step()
                    failures = 0
                except LeaseLost:
                    over.set()
                    return
                except Exception:
                    failures += 1
                    logger.exception("%s failed", threading.current_thread().name)
                    close_old_connections()
                    gone.wait(_pause(failures))
                    continue
                if not done:
                    gone.wait(pause)
        finally:
            connection.close()


def _dismiss(guest: Guest) -> None:
    guest.gone.set()
    guest.listener.close()


def _mend() -> None:
    if projection.is_built():  # until then everything differs, and is on its way
        auditor.mend()


def _pause(failures: int) -> float:
    """2 s, 4 s, 8 s … a minute."""
    return min(60.0, ERROR_SECONDS * 2 ** min(failures - 1, 5))


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Polls until ``condition()`` is true; False when the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(0.1)
    return True
