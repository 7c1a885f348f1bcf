"""A part of a file, for players and readers that seek: one range of bytes (RFC 9110), else the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
PIECE = 64 * 1024


class Part(NamedTuple):
    """Bytes ``first`` to ``last``, both inclusive."""

    first: int
    last: int


def wanted(header: str, size: int) -> Part | None:
    """What ``Range`` asks for; None: everything. Raises ValueError where the file has nothing of it.

    >>> wanted("bytes=-200", 1000)
    Part(first=800, last=999)
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()):
        return None  # several ranges, or another unit: answering with everything is always right
    first, last = match.groups()
    if not first:
        part = Part(max(0, size - int(last)), size - 1)
    else:
        part = Part(int(first), min(int(last or size), size - 1))
        if last and int(last) < int(first):
            return None
    if part.first >= size or (not first and not int(last)):
        raise ValueError(header)
    return part


def pieces(file: IO[bytes], part: Part) -> Iterator[bytes]:
    """The bytes of a part."""
    file.seek(part.first)
    left = part.last - part.first + 1
    while left > 0 and (piece := file.read(min(left, PIECE))):
        left -= len(piece)
        yield piece
