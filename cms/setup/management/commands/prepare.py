"""Bring a data folder to where it can be served; what is there already is left alone.

One process for all of it, so that a start costs one Python start-up.
Prints one line of JSON: {"migrated": bool, "home": bool, "demo": bool, "port": bool} — what had to be done.
"""

from __future__ import annotations

import json
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page

from cms.setup.admin_user import ensure_admin
from cms.setup.home_page import ensure_home_page, ensure_port


class Command(BaseCommand):
    help = "Migrate, make the admin user and the home page, and load a content package into an empty site."
    requires_system_checks = []  # the server checks; here they would only cost time

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="where the site will answer on this machine")
        parser.add_argument("--demo", type=Path, help="a content package for an empty site")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.disable(logging.INFO)  # the person who starts wants the outcome, not every save
        Path(settings.FORMIDLE_DATA).mkdir(parents=True, exist_ok=True)
        done = {"migrated": self.migrate(), "home": ensure_home_page() is not None, "demo": False}
        done["port"] = bool(options["port"]) and ensure_port(options["port"])
        ensure_admin()
        if options["demo"] and not Page.objects.filter(depth__gt=2).exists():
            self.stderr.write("Loading the demo content …")
            call_command("import_content", str(options["demo"]), publish=True, stdout=self.stderr)
            done["demo"] = True
        self.stdout.write(json.dumps(done))

    def migrate(self) -> bool:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        self.stderr.write("Migrating the database …")
        call_command("migrate", interactive=False, verbosity=0)
        return True
