from __future__ import annotations

import signal
import threading
from multiprocessing.connection import wait
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.publishing.clock import ticking
from cms.publishing.worker import Worker


class Command(BaseCommand):
    help = "Publishes what editors change: documents, renditions, search index, schedule. Runs until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        asked = threading.Event()

        def stop(*_: Any) -> None:
            asked.set()
            worker.stop()

        def end_with_clock() -> None:
            wait([clock.sentinel])
            worker.stop()

        with ticking() as clock:
            worker = Worker()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, stop)
            threading.Thread(target=end_with_clock, daemon=True).start()
            worker.run()
        if not asked.is_set():
            raise CommandError("The process that keeps the schedule has ended, and the worker with it: start it again.")
