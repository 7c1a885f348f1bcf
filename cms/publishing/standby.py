"""A process that works while it holds a lease, in threads with connections of their own, and else stands by."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections, connection

from cms.publishing.lease import Holder, LeaseLost

logger = logging.getLogger(__name__)

SECOND = 1.0
TEND_SECONDS = 0.5
ERROR_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Loop:
    """A step that is repeated, and how many seconds it rests when it has found nothing to do."""

    name: str
    step: Callable[[], int | None]
    pause: float


class Standby:
    """``run()`` returns after ``stop()``. A second one with the same lease stands by until the first one's ends."""

    def __init__(self, lease: str) -> None:
        self._stopping = threading.Event()
        self.lease = Holder(lease)

    def begin(self) -> list[Loop]:
        """What is to be repeated now that the lease is held."""
        raise NotImplementedError

    def tend(self, over: threading.Event) -> None:
        """Called again and again while the loops run; ``over`` will end them."""

    def end(self) -> None:
        """``over`` is set: ends what else was begun. The loops may still run."""

    def close(self) -> None:
        """Nothing runs any more: lets go of what another process may need."""

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
                    logger.exception("The %s cannot begin", self.lease.name)
                    close_old_connections()
                self._stopping.wait(_pause(failures) if failures else SECOND)
        finally:
            self.lease.release()

    def _work(self) -> None:
        """All loops until this is stopped or the lease is lost."""
        over = threading.Event()
        threads = [self.thread(loop, over, over) for loop in self.begin()]
        while not self._stopping.wait(TEND_SECONDS) and not over.is_set() and not self.lease.lost.is_set():
            self.tend(over)
        over.set()
        self.end()
        for thread in threads:
            thread.join()
        self.close()
        if not self._stopping.is_set():
            logger.warning("Another process holds the lease %s; standing by", self.lease.name)

    def thread(self, loop: Loop, over: threading.Event, gone: threading.Event) -> threading.Thread:
        """A thread that repeats the step. ``gone`` ends this loop, ``over`` is to end all of them."""
        thread = threading.Thread(target=self._repeat, args=(loop, over, gone), name=loop.name)
        thread.start()
        return thread

    @staticmethod
    def _repeat(loop: Loop, over: threading.Event, gone: threading.Event) -> None:
        failures = 0
        try:
            while not gone.is_set():
                try:
                    done = loop.step()
                    failures = 0
                except LeaseLost:
                    over.set()
                    return
                except Exception:
                    failures += 1
                    logger.exception("%s failed", loop.name)
                    close_old_connections()
                    gone.wait(_pause(failures))
                    continue
                if not done:
                    gone.wait(loop.pause)
        finally:
            connection.close()


def _pause(failures: int) -> float:
    """2 s, 4 s, 8 s … a minute."""
    return min(60.0, ERROR_SECONDS * 2 ** min(failures - 1, 5))
