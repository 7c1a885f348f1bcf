"""The schedule's own process, beside the worker: to publish a page takes longer than to build its document."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from django.db import connections

from cms.publishing.schedule import Schedule
from cms.publishing.standby import SECOND, Loop, Standby
from cms.setup.parent import follow_parent


class Clock(Standby):
    def __init__(self) -> None:
        super().__init__("schedule")

    def begin(self) -> list[Loop]:
        return [Loop("schedule", Schedule(self.lease, self._stopping).run_due, SECOND)]


@contextmanager
def ticking() -> Iterator[BaseProcess]:
    """A process that does what is due, for as long as this one lives. No thread may have been started yet.

    It is forked: what is loaded is loaded once, in memory too.
    """
    connections.close_all()  # a connection belongs to one process
    process = get_context("fork").Process(target=_run, args=(os.getpid(),), name="clock")
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join()


def _run(parent: int) -> None:
    clock = Clock()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: clock.stop())
    follow_parent(signal.SIGKILL, parent)
    clock.run()
