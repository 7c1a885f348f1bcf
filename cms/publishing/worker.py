"""The worker process: projector, renditions, consumers and schedule, each in a thread with its own connection."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import close_old_connections, connection

from cms.publishing import auditor, consumers, log_position, projection
from cms.publishing.housekeeping import cut_log
from cms.publishing.lease import Holder, LeaseLost
from cms.publishing.projector import Projector
from cms.publishing.rendition_maker import make_renditions
from cms.publishing.schedule import Schedule

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.1
"""Of the projector; the rest follow it in their own time."""
FOLLOW_SECONDS = 0.2
SECOND = 1.0
HOUR = 3600.0
ERROR_SECONDS = 2.0


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
        projection.begin()
        log_position.notice_restore()
        loops: list[tuple[str, Callable[[], int | None], float]] = [
            ("projector", Projector(self.lease).step, POLL_SECONDS),
            ("renditions", make_renditions, FOLLOW_SECONDS),
            ("schedule", Schedule(self.lease).run_due, SECOND),
            ("log position", log_position.remember, SECOND),
            ("log", cut_log, HOUR),
            ("auditor", _mend, HOUR),
            *(
                (f"consumer {name}", partial(consumers.follow, each, self.lease), FOLLOW_SECONDS)
                for name, each in consumers.registered.items()
            ),
        ]
        threads = [
            threading.Thread(target=self._loop, args=(step, pause, over), name=name) for name, step, pause in loops
        ]
        for thread in threads:
            thread.start()
        while not self._stopping.wait(0.5) and not over.is_set() and not self.lease.lost.is_set():
            pass
        over.set()
        for thread in threads:
            thread.join()
        for consumer in consumers.registered.values():
            consumer.close()
        if not self._stopping.is_set():
            logger.warning("The lease is held by another worker; standing by")

    def _loop(self, step: Callable[[], int | None], pause: float, over: threading.Event) -> None:
        failures = 0
        try:
            while not over.is_set():
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
                    over.wait(_pause(failures))
                    continue
                if not done:
                    over.wait(pause)
        finally:
            connection.close()


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
