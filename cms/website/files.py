"""What kind of file a document is and how large, in words."""

from __future__ import annotations

from pathlib import PurePosixPath

from babel.numbers import format_decimal

_NAMES = {
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.ms-powerpoint": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.oasis.opendocument.presentation": "ODP",
    "application/rtf": "RTF",
    "application/zip": "ZIP",
    "text/calendar": "iCal",
    "text/csv": "CSV",
    "text/plain": "TXT",
}
_STEP = 1000
_UNITS = ("byte", "kB", "MB", "GB")


def kind_of_file(content_type: str, url: str) -> str:
    """``"application/pdf" -> "PDF"``; the file's ending where the type says nothing."""
    return _NAMES.get(content_type) or PurePosixPath(url.partition("?")[0]).suffix.removeprefix(".").upper()


def human_size(size_bytes: int, language: str) -> str:
    """``1_234_567 -> "1,2 MB"``."""
    size = float(size_bytes)
    unit = 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size /= _STEP
        unit += 1
    rounded = round(size, 1) if unit > 1 and size < 100 else round(size)
    return f"{format_decimal(rounded, locale=language)} {_UNITS[unit]}"
