"""Fetches Apertium's word pairs (GPL data), by which bokmål finds nynorsk texts and the other way round."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.norwegian import apertium, nynorsk

PACKAGE = "apertium-nno-nob"
INSTALLED = Path("/usr/share/apertium") / PACKAGE / apertium.COMPILED
SECONDS = 300
BY_HAND = f"Download Debian's package {PACKAGE} elsewhere and name the file: build_nynorsk_map FILE.deb"


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            nargs="?",
            help=f"Debian's package {PACKAGE}, its {apertium.COMPILED}, or the .dix it is made of, or lines of two "
            "words; plain or gzipped. Without: the package installed here, or else downloaded by apt",
        )
        parser.add_argument("--data", type=Path, help="the data folder, where it is not FORMIDLE_DATA")

    def handle(self, *args: Any, **options: Any) -> None:
        target = options["data"] / nynorsk.BUILT if options["data"] else nynorsk.built()
        try:
            if options["file"]:
                count = _build(options["file"], target)
            else:
                with _package() as file:
                    count = _build(file, target)
        except (OSError, apertium.Unreadable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{count} words in {target}, under GPL-2.0-or-later. Restart web server and worker: the index is then "
            "built anew. To do without, remove the file and restart."
        )


def _build(file: Path, target: Path) -> int:
    return nynorsk.write(target, apertium.pairs(file), file)


@contextmanager
def _package() -> Iterator[Path]:
    """The installed dictionary, or the package as apt has it."""
    if INSTALLED.exists():
        yield INSTALLED
        return
    if not (apt := shutil.which("apt-get")):
        raise CommandError(f"There is no apt-get here. {BY_HAND}")
    with TemporaryDirectory(prefix="formidle-nynorsk-") as folder:
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command
                [apt, "download", PACKAGE], cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise CommandError(f"apt-get took more than {SECONDS} seconds. {BY_HAND}") from error
        found = sorted(Path(folder).glob("*.deb"))
        if done.returncode or not found:
            raise CommandError(f"apt-get could not download {PACKAGE}: {done.stderr.strip()}. {BY_HAND}")
        yield found[0]
