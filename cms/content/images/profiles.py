"""The named renditions of an image: which widths and formats exist. Nothing else is ever rendered."""

from __future__ import annotations

WIDTHS = (320, 640, 960, 1280, 1600, 1920)
LARGEST = 2560
"""Pixels on the longer side of the largest rendition, which stands in for the original."""

MODERN = ("avif", "webp")
KEPT = {"png": "png", "gif": "png", "webp": "webp", "avif": "jpeg", "jpeg": "jpeg", "tiff": "jpeg"}
"""Format of an upload → format of the renditions that every browser reads."""

OPEN_GRAPH = "fill-1200x630|format-jpeg"


def widths(width: int) -> list[int]:
    """Widths to make for an image ``width`` pixels wide: never enlarged, and always at least one.

    >>> widths(1000)
    [320, 640, 960]
    >>> widths(200)
    [200]
    """
    return [each for each in WIDTHS if each <= width] or [width]


def width_spec(width: int, format_: str) -> str:
    """Wagtail's filter specification of a rendition: ``width-640|format-webp``."""
    return f"width-{width}|format-{format_}"


def largest_spec(format_: str) -> str:
    return f"max-{LARGEST}x{LARGEST}|format-{format_}"
