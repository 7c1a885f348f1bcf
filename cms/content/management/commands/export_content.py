"""``manage.py export_content DIR``: the site as a content package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from cms.content.packages.exporter import export_package
from cms.content.packages.faults import PackageError
from cms.content.packages.sites import SITE_HELP, chosen_site


class Command(BaseCommand):
    help = (
        "Exports the site as a content package (formidle-content/1). Public pages only: drafts, unpublished changes "
        "and restricted pages stay behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="a new or empty directory, or one with an earlier export")
        parser.add_argument("--site", metavar="HOSTNAME", default="", help=SITE_HELP)

    def handle(self, *args: Any, directory: Path, site: str, **options: Any) -> None:
        try:
            with translation.override("en"):
                done = export_package(directory, chosen_site(site))
        except PackageError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(1)
        for fault in done.refused:
            self.stderr.write(f"warning: an import will not publish {fault}", self.style.WARNING)
        self.stdout.write(
            f"exported {done.pages} public pages and {done.files} files; drafts and unpublished changes are left out"
        )
        if done.placeholders:
            self.stdout.write(
                f"{done.placeholders} pages that are not public are named, without content, as others refer to them"
            )
