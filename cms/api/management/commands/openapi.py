"""``manage.py openapi``: prints the API's description, compares it with the committed one, or renews that."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.api.openapi.examples import RECORDED
from cms.api.openapi.generator import openapi
from cms.api.openapi.recording import record as recorded

SNAPSHOT = Path("docs/openapi.json")
SHOWN_LINES = 80


class Command(BaseCommand):
    help = "Prints the OpenAPI description; --check compares it with docs/openapi.json, --write renews that file."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="exit 1 and show the difference where there is one")
        choice.add_argument("--write", action="store_true", help="write docs/openapi.json")
        choice.add_argument("--record", action="store_true", help="keep answers of this site as examples (of the demo)")
        parser.add_argument("--file", type=Path, default=settings.BASE_DIR / SNAPSHOT, help="the committed file")

    def handle(self, *args: Any, check: bool, write: bool, record: bool, file: Path, **options: Any) -> None:
        if record:
            RECORDED.write_text(json.dumps(recorded(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            self.stdout.write(f"wrote {RECORDED}; now: manage.py openapi --write")
            return
        text = written()
        if write:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote {file}")
        elif check:
            committed = file.read_text(encoding="utf-8") if file.exists() else ""
            if committed != text:
                lines = list(difflib.unified_diff(committed.splitlines(), text.splitlines(), "committed", "now", n=2))
                raise CommandError(
                    "\n".join([*lines[:SHOWN_LINES], f"{file} is not what the API is now: manage.py openapi --write"])
                )
            self.stdout.write("unchanged")
        else:
            self.stdout.write(text, ending="")


def written() -> str:
    """As committed: indented, keys in the order of the declarations."""
    return json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n"
