"""``manage.py import_content PATH [--publish]``: a content package into the site."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.content.packages.faults import PackageError
from cms.content.packages.importer import Report, import_package
from cms.content.packages.sites import SITE_HELP, chosen_site


class Command(BaseCommand):
    help = "Imports a content package (formidle-content/1): all of it, or nothing when anything is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a content.json, or a directory with one")
        parser.add_argument("--publish", action="store_true", help="publish the pages; without it they become drafts")
        parser.add_argument("--site", metavar="HOSTNAME", default="", help=SITE_HELP)

    def handle(self, *args: Any, path: Path, publish: bool, site: str, **options: Any) -> None:
        level = logging.root.manager.disable
        logging.disable(logging.INFO)  # stderr is for what is wrong with the package
        try:
            report = import_package(path, chosen_site(site), publish)
        except PackageError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(1)
        finally:
            logging.disable(level)
        for warning in report.warnings:
            self.stderr.write(f"warning: {warning}", self.style.WARNING)
        self.stdout.write(summary(report))


def summary(report: Report) -> str:
    """``published 13 pages, saved 0 drafts, left 2 pages as they were``"""
    pages = report.pages
    parts = [
        f"published {_count(len(pages.published), 'page')}",
        f"saved {_count(len(pages.drafted), 'draft')}",
        f"left {_count(len(pages.unchanged), 'page')} as they were",
        *([f"moved {_count(report.moved, 'page')}"] if report.moved else []),
        *([f"changed {_count(report.others, 'other item')}"] if report.others else []),
    ]
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
