"""Vectors beside a generation: rows of a file, of which the index knows the numbers.

Rows are only ever added, and are on the disk before the commit that speaks of them. So readers of any commit find
theirs, and what a killed process added is read by nobody. Rows of what was replaced or removed go with the generation.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from search.embedding import Packed

NAME = "vectors"


class Vectors(Protocol):
    def add(self, rows: Sequence[Packed]) -> int:
        """Returns the number of the first one."""

    def read(self, numbers: Sequence[int]) -> list[Packed]: ...


class VectorFile:
    def __init__(self, path: Path, dimensions: int) -> None:
        self._path = path
        self._size = 2 * dimensions
        self._file = path.open("rb", buffering=0)  # open as long as the index is: the folder may go meanwhile

    def add(self, rows: Sequence[Packed]) -> int:
        with self._path.open("r+b") as file:
            first = file.seek(0, os.SEEK_END) // self._size
            file.seek(first * self._size)  # over half a row of a killed process
            file.write(b"".join(rows))
            file.flush()
            os.fsync(file.fileno())
        return first

    def read(self, numbers: Sequence[int]) -> list[Packed]:
        return [os.pread(self._file.fileno(), self._size, number * self._size) for number in numbers]


class VectorsInMemory:
    def __init__(self) -> None:
        self._rows: list[Packed] = []

    def add(self, rows: Sequence[Packed]) -> int:
        self._rows += rows
        return len(self._rows) - len(rows)

    def read(self, numbers: Sequence[int]) -> list[Packed]:
        return [self._rows[number] for number in numbers]


def cosines(rows: Sequence[Packed], vector: Sequence[float]) -> list[float]:
    """``vector``: of length one."""
    import numpy as np  # comes with whatever makes vectors

    if not rows:
        return []
    given = np.frombuffer(b"".join(rows), "<f2").reshape(len(rows), -1).astype("f4")
    found: list[float] = (given @ np.asarray(vector, "f4") / np.linalg.norm(given, axis=1)).tolist()
    return found
