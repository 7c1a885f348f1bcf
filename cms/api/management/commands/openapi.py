"""``manage.py openapi``: prints the API's description, compares it with a committed or released one, renews these."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.api.openapi.breaking import breaking
from cms.api.openapi.examples import RECORDED, without_examples
from cms.api.openapi.generator import openapi
from cms.api.openapi.recording import record as recorded

SNAPSHOT = Path("docs/openapi.json")
RELEASED = Path("docs/openapi-v1.json")
SHOWN_LINES = 80


class Command(BaseCommand):
    help = (
        "Prints the OpenAPI description; --check compares it with docs/openapi.json, --write renews that file. "
        "--against says what would break clients of a released one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="exit 1 and show the difference where there is one")
        choice.add_argument("--write", action="store_true", help="write docs/openapi.json")
        choice.add_argument(
            "--against",
            type=Path,
            nargs="?",
            const=settings.BASE_DIR / RELEASED,
            metavar="FILE",
            help=f"exit 1 and list what breaks clients of an earlier description (of {RELEASED} where none is named)",
        )
        choice.add_argument("--release", action="store_true", help=f"write {RELEASED}: from now on clients rely on it")
        choice.add_argument("--record", action="store_true", help="keep answers of this site as examples (of the demo)")
        parser.add_argument("--file", type=Path, default=settings.BASE_DIR / SNAPSHOT, help="the committed file")

    def handle(self, *args: Any, against: Path | None, file: Path, **options: Any) -> None:
        if options["record"]:
            self._write(RECORDED, _json(recorded()))
        elif options["release"]:
            self._write(settings.BASE_DIR / RELEASED, _json(without_examples(openapi())))
        elif options["write"]:
            self._write(file, written())
        elif options["check"]:
            self._check(file)
        elif against:
            self._against(against)
        else:
            self.stdout.write(written(), ending="")

    def _write(self, file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.stdout.write(f"wrote {file}")

    def _check(self, file: Path) -> None:
        text = written()
        committed = file.read_text(encoding="utf-8") if file.exists() else ""
        if committed != text:
            lines = list(difflib.unified_diff(committed.splitlines(), text.splitlines(), "committed", "now", n=2))
            raise CommandError(
                "\n".join([*lines[:SHOWN_LINES], f"{file} is not what the API is now: manage.py openapi --write"])
            )
        self.stdout.write("unchanged")

    def _against(self, file: Path) -> None:
        if found := breaking(json.loads(file.read_text(encoding="utf-8")), openapi()):
            raise CommandError("\n".join([*found, f"{len(found)} changes would break clients of {file}."]))
        self.stdout.write(f"nothing breaks clients of {file}")


def written() -> str:
    """As committed: indented, keys in the order of the declarations."""
    return _json(openapi())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
