"""Keeps visitors from waiting for an engine that does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from search.contract import EngineUnavailable, IndexMissing

Result = TypeVar("Result")

LIMIT_S = 2.0
FAILURES = 3
OPEN_S = 5.0
THREADS = 16
"""More calls than these cannot hang at once; the others fail when their time is over."""


class Breaker:
    """Opens after some failures in a row: for a while, every call fails at once.

    Then one call is let through as a probe, the others go on failing until it has come back: well, and the breaker
    closes, or not, and the while begins anew. A call that takes longer than ``limit_s`` is a failure, whatever becomes
    of it later.
    """

    def __init__(self, limit_s: float = LIMIT_S, failures: int = FAILURES, open_s: float = OPEN_S) -> None:
        self._limit_s = limit_s
        self._failures = failures
        self._open_s = open_s
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="search")
        self._failed = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        return self._failed >= self._failures

    def call(self, function: Callable[[], Result]) -> Result:
        """Raises EngineUnavailable when it is open, when the call takes too long, and what the call raises."""
        self._enter()
        future = self._threads.submit(function)
        try:
            result = future.result(self._limit_s)
        except IndexMissing:
            self._leave(well=True)  # it answers, though it has nothing
            raise
        except TimeoutError:
            future.cancel()
            self._leave(well=False)
            raise EngineUnavailable(f"The engine did not answer within {self._limit_s:g} s.") from None
        except BaseException:
            self._leave(well=False)
            raise
        self._leave(well=True)
        return result

    def _enter(self) -> None:
        with self._lock:
            if self.is_open:
                now = time.monotonic()
                if now < self._open_until:
                    raise EngineUnavailable("The engine has not answered lately; it is asked again in some seconds.")
                self._open_until = now + self._open_s  # this call is the probe, and the next one not before then

    def _leave(self, *, well: bool) -> None:
        with self._lock:
            if well:
                self._failed = 0
                return
            self._failed += 1
            if self.is_open:
                self._open_until = time.monotonic() + self._open_s
