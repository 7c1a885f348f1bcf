from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from cms.publishing.worker import Worker


class Command(BaseCommand):
    help = "Publishes what editors change: documents, renditions, search index, schedule. Runs until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
