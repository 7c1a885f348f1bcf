"""Paths as they are stored."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote


def normal_path(path: str) -> str:
    """Any way of writing a path as we store it: decoded, NFC, one slash before, between and after.

    >>> normal_path("/nyheter/sm%C3%B8rbr%C3%B8d")
    '/nyheter/smørbrød/'
    """
    decoded = unquote(path).replace("\x00", "\ufffd")  # PostgreSQL refuses NUL, and no path has either
    parts = [part for part in unicodedata.normalize("NFC", decoded).split("/") if part]
    return "/" + "".join(f"{part}/" for part in parts)


def forms(path: str) -> tuple[str, ...]:
    """In which a path is looked for: as it is written, and in small letters where that is another one."""
    return tuple(dict.fromkeys((path, path.lower())))
