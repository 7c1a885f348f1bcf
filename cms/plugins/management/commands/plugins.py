"""`manage.py plugins`: what is installed, what it declares, and the type reference."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.plugins import listing, registry
from cms.plugins.tools.explain import explain
from cms.plugins.tools.reference import reference


class Command(BaseCommand):
    help = "Lists the installed plugins; explains one of them or one of its types."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "explain"], default="list")
        parser.add_argument("name", nargs="?", help="of a plugin or a type, for explain")
        parser.add_argument("--docs", action="store_true", help="print the type reference as Markdown")

    def handle(self, *args: Any, action: str, name: str | None, docs: bool, **options: Any) -> None:
        if docs:
            self.stdout.write(reference(), ending="")
        elif action == "list":
            self.stdout.write(listing.table())
        else:
            self.stdout.write(self._explained(name))

    def _explained(self, name: str | None) -> str:
        known = ", ".join([*(each.name for each in registry.plugins()), *registry.content_types()])
        if name is None:
            raise CommandError(f"Explain what? Known are {known}.")
        text = explain(name)
        if text is None:
            raise CommandError(f"There is no enabled plugin or type {name!r}. Known are {known}.")
        return text
