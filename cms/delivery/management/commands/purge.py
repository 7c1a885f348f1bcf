from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.delivery.purging.listener import configured
from cms.delivery.purging.targets import PurgeFailed
from cms.delivery.purging.urls import WagtailBackends


class Command(BaseCommand):
    help = "Has the caches before the site forget tags, now; the worker does it by itself for whatever is published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tags", nargs="*", metavar="TAG", help="As embeds:image:5; docs/api.md lists them.")
        parser.add_argument("--all", action="store_true", help="Everything.")

    def handle(self, *args: Any, tags: list[str], all: bool, **options: Any) -> None:
        if all == bool(tags):
            raise CommandError("Name tags, or give --all.")
        targets = configured()
        if not targets:
            raise CommandError("No cache is configured; see docs/cdn.md.")
        for target in targets:
            if tags and isinstance(target, WagtailBackends):
                continue  # knows URLs alone
            try:
                if all:
                    target.purge_all()
                for start in range(0, len(tags), target.batch):
                    target.purge(tags[start : start + target.batch])
            except PurgeFailed as error:
                raise CommandError(f"{target.name}: {error}") from error
            self.stdout.write(f"{target.name}: done")
