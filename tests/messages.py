"""Every text that is translated: `python -m tests.messages` adds the new ones to cms/locale, to be filled in by hand.

Django's makemessages needs GNU gettext, which not every machine has; Babel does the same.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("cms", "home", "articles", "search")
LANGUAGES = ("nb", "nn")
KEYWORDS: dict[str, object] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def texts() -> Catalog:
    """All msgids in code and templates, with where they stand."""
    catalog = Catalog()
    for path, source in sources():
        for line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):  # type: ignore[arg-type]
            catalog.add(message, locations=[(str(path.relative_to(ROOT)), line)], context=context)
    return catalog


def sources() -> Iterator[tuple[Path, str]]:
    from django.utils.translation.template import templatize

    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for folder in (*PACKAGES, "templates"):
        for path in sorted((ROOT / folder).rglob("*.html")):
            yield path, templatize(path.read_text())


def po_file(language: str) -> Path:
    return ROOT / "cms" / "locale" / language / "LC_MESSAGES" / "django.po"


def translations(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str) -> list[str]:
    """``cms/content/pages.py:61 summary`` for each text that the language lacks."""
    catalog = translations(language)
    found = []
    for message in texts():
        theirs = catalog.get(message.id, message.context) if message.id else None
        strings = (theirs.string if isinstance(theirs.string, tuple) else (theirs.string,)) if theirs else ("",)
        if message.id and not all(strings):
            path, line = message.locations[0]
            found.append(f"{path}:{line} {message.id}")
    return found


def main() -> None:
    for language in LANGUAGES:
        catalog = translations(language)
        for message in texts():
            if message.id and message.id not in catalog:
                catalog.add(message.id, context=message.context)
        with po_file(language).open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True)
        sys.stdout.write(f"{language}: {len(missing(language))} to translate\n")


if __name__ == "__main__":
    main()
