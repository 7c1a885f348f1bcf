"""The worker process: projector, renditions, consumers and schedule, each in a thread with its own connection."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from cms.publishing import consumers, schedule
from cms.publishing.lease import Holder, LeaseLost
from cms.publishing.projector import Projector, make_renditions
from cms.publishing.sites import publish_sites

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.1
SCHEDULE_SECONDS = 1.0
ERROR_SECONDS = 2.0


class Worker:
    """``run()`` returns after ``stop()``. A second worker stands by until the first one's lease ends."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self.lease = Holder("projector")

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        try:
            while not self._stopping.is_set():
                if self.lease.take():
                    self._work()
                else:
                    self._stopping.wait(1.0)
        finally:
            self.lease.release()

    def _work(self) -> None:
        """All loops until the worker stops or the lease is lost."""
        over = threading.Event()
        projector = Projector(self.lease)
        publish_sites()
        loops: list[tuple[str, Callable[[], int], float]] = [
            ("projector", projector.step, POLL_SECONDS),
            ("renditions", make_renditions, POLL_SECONDS),
            ("schedule", schedule.run_due, SCHEDULE_SECONDS),
            *(
                (f"consumer-{name}", lambda each=each: consumers.follow(each), POLL_SECONDS)  # type: ignore[misc]
                for name, each in consumers.registered.items()
            ),
        ]
        threads = [
            threading.Thread(target=self._loop, args=(step, pause, over), name=name) for name, step, pause in loops
        ]
        for thread in threads:
            thread.start()
        while not self._stopping.wait(0.5) and not over.is_set():
            pass
        over.set()
        for thread in threads:
            thread.join()
        for consumer in consumers.registered.values():
            consumer.close()

    def _loop(self, step: Callable[[], int], pause: float, over: threading.Event) -> None:
        failures = 0
        try:
            while not over.is_set():
                try:
                    done = step()
                    failures = 0
                except LeaseLost:
                    logger.warning("The lease is held by another worker; standing by")
                    over.set()
                    return
                except Exception:
                    failures += 1
                    logger.exception("%s failed", threading.current_thread().name)
                    close_old_connections()
                    over.wait(min(60.0, ERROR_SECONDS * 2 ** min(failures - 1, 5)))
                    continue
                if not done:
                    over.wait(pause)
        finally:
            connection.close()


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Polls until ``condition()`` is true; False when the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(0.1)
    return True
