"""Searches and clicks are counted: texts without anybody who typed them. Nothing here may slow a search or fail it.

What is counted waits in memory and a thread writes it every few seconds; a process that is killed loses those.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from search import analysis
from search.desk.personal import is_personal
from search.models import ClickCount, SearchCount

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 5.0
MOST = 5_000
"""Different entries that may wait; further ones are not counted."""
LONGEST = 100
MOST_WORDS = 12
EDGES = " .,;:!?…'’*()[]"

MACHINES = re.compile(r"bot\b|bot[/;]|crawl|spider|slurp|preview|monitor|uptime|pingdom|lighthouse", re.IGNORECASE)
"""In the user agent, which is looked at and not kept. No names of programs: those may ask for a website's visitors."""


@dataclass(frozen=True, slots=True)
class Searched:
    """``hour``: when, without minutes."""

    site_id: int
    text: str
    hour: datetime
    hits: int
    filtered: bool
    degraded: bool


@dataclass(frozen=True, slots=True)
class Clicked:
    """``position``: of the page in the results, from 1."""

    site_id: int
    text: str
    hour: datetime
    document_id: int
    position: int


Entry = Searched | Clicked


def counted_text(text: str) -> str | None:
    """The text as it is counted; None for one that is not.

    >>> counted_text("  Ledig  STILLING? "), counted_text("kari@example.no")
    ('ledig stilling', None)
    """
    text = " ".join(analysis.normalise(text).lower().split()).strip(EDGES)
    words = analysis.words(text)
    if not words or len(words) > MOST_WORDS or len(text) > LONGEST or is_personal(text):
        return None
    return text


def is_machine(user_agent: str) -> bool:
    return bool(MACHINES.search(user_agent))


class Recorder:
    """``seconds`` None: writes only when told to."""

    def __init__(self, seconds: float | None = FLUSH_SECONDS) -> None:
        self._seconds = seconds
        self._waiting: Counter[Entry] = Counter()
        self._lock = threading.Lock()
        self._something = threading.Event()
        self._thread: threading.Thread | None = None

    def searched(self, site_id: int, text: str, *, hits: int, filtered: bool, degraded: bool) -> None:
        if settings.SEARCH_LOG and (counted := counted_text(text)):
            self._count(Searched(site_id, counted, _hour(), hits, filtered, degraded))

    def clicked(self, site_id: int, text: str, *, document_id: int, position: int) -> None:
        if settings.SEARCH_LOG and (counted := counted_text(text)):
            self._count(Clicked(site_id, counted, _hour(), document_id, position))

    def flush(self) -> None:
        """Writes what waits; puts it back when the database does not take it."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
            self._something.clear()
        try:
            if taken:
                write(taken)
        except DatabaseError as error:
            logger.warning("Searches could not be counted: %s", error)
            with self._lock:
                room = MOST - len(self._waiting)
                self._waiting.update(dict(taken.most_common(max(0, room))))

    def _count(self, entry: Entry) -> None:
        with self._lock:
            if entry in self._waiting or len(self._waiting) < MOST:
                self._waiting[entry] += 1
            if self._thread is None and self._seconds is not None:
                self._thread = threading.Thread(target=self._run, name="search-log", daemon=True)
                self._thread.start()
        self._something.set()

    def _run(self) -> None:
        while True:
            self._something.wait()
            time.sleep(self._seconds or 0)
            self.flush()
            with suppress(DatabaseError):
                connection.close()  # so seldom used that it need not be kept


recorder = Recorder()


def write(entries: Mapping[Entry, int]) -> None:
    searched = [SearchCount(**asdict(each), times=n) for each, n in entries.items() if isinstance(each, Searched)]
    clicked = [ClickCount(**asdict(each), times=n) for each, n in entries.items() if isinstance(each, Clicked)]
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ WRITE")  # the role of public processes only reads unless told so
        SearchCount.objects.bulk_create(searched)
        ClickCount.objects.bulk_create(clicked)


def _hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)
