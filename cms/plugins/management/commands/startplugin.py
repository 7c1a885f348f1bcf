"""`manage.py startplugin NAME [DIR]`: a package with one content type, to begin from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.plugins import registry
from cms.plugins.names import RESERVED_PLUGINS, RESERVED_PLURALS, RESERVED_TYPES, is_name
from cms.plugins.tools import scaffold


class Command(BaseCommand):
    help = "Writes a plugin package with one content type, which passes its own tests."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="of the plugin: lower-case words joined by hyphens")
        parser.add_argument("directory", nargs="?", type=Path, help="where to write it; default: formidle-NAME")
        parser.add_argument("--type", help="name of the content type; default: NAME")
        parser.add_argument("--plural", help="its name in URLs; default: TYPE with an s")

    @no_translations  # as makemigrations: the migration holds the texts of the code
    def handle(self, *args: Any, name: str, directory: Path | None, **options: Any) -> None:
        type_ = options["type"] or name
        names = scaffold.Names(name, type_, options["plural"] or f"{type_}s")
        folder = directory or Path(f"formidle-{name}")
        _check(names, folder)
        for path in scaffold.write(names, folder):
            self.stdout.write(str(path))
        self.stdout.write(f'\nNow: cd {folder} && pip install -e ".[test]" && pytest')


def _check(names: scaffold.Names, folder: Path) -> None:
    types = registry.content_types()
    for what, name, taken in (
        ("plugin name", names.plugin, RESERVED_PLUGINS | {plugin.name for plugin in registry.plugins()}),
        ("type", names.type, RESERVED_TYPES | set(types)),
        ("plural", names.plural, RESERVED_PLURALS | {each.spec.plural for each in types.values()}),
    ):
        if not is_name(name):
            raise CommandError(f"The {what} {name!r} is not lower-case words joined by hyphens, as event-calendar.")
        if name in taken:
            raise CommandError(f"The {what} {name!r} is taken.")
    if folder.exists():
        raise CommandError(f"{folder} is there already.")
