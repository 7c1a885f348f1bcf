from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cms.publishing.public_tables import grants


class Command(BaseCommand):
    help = "The SQL that lets a PostgreSQL role read what public processes need, and nothing else. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default="formidle_public", help="The role; made before: CREATE ROLE … LOGIN …")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; set DATABASE_URL.")
        for statement in grants(connection.settings_dict["NAME"], role):
            self.stdout.write(statement)
