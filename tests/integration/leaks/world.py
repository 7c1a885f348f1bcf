"""Brings everything that follows edits up to date, and keeps what was logged meanwhile."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from cms.publishing import consumers
from search import service
from tests.integration.publishing import site as s


class Log(logging.Handler):
    """All that is logged, with tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def take(self) -> bytes:
        lines, self.lines = self.lines, []
        return "\n".join(lines).encode()


@contextmanager
def logged() -> Iterator[Log]:
    log = Log()
    logging.getLogger().addHandler(log)
    try:
        yield log
    finally:
        logging.getLogger().removeHandler(log)


def work() -> None:
    """The projector, the maker of renditions, and whoever follows the log."""
    s.work()
    for consumer in consumers.registered.values():
        while consumers.follow(consumer):
            pass


@contextmanager
def in_memory() -> Iterator[None]:
    """A search index and a folder of files for once; how long an answer may be kept does not shrink before midnight."""
    folder = s.media_folder()
    with override_settings(
        SEARCH_URL="memory:", MEDIA_ROOT=folder, CACHE_STALE_WHILE_REVALIDATE=0, CACHE_STALE_IF_ERROR=0
    ):
        cache.clear()
        service.engine.cache_clear()
        yield
        service.engine().close()
        service.engine.cache_clear()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def rolled_back(blocker: Any) -> Iterator[None]:
    """A database that is as before in the end."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
