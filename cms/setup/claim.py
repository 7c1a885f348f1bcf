"""One start at a time on a data folder, but for those of public processes: each has a claim of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for the children of a start that was killed: they inherit the claim and end by themselves."""


class InUseError(Exception):
    """Another start holds the data folder."""


@contextlib.contextmanager
def claimed(data: Path, name: str = "lock") -> Iterator[int]:
    """Hold the folder; gives the descriptor that holds it."""
    deadline = time.monotonic() + PATIENCE
    with open(data / name, "a+") as file:
        while not _locked(file.fileno()):
            file.seek(0)
            owner = file.read().strip()
            if owner and _alive(int(owner)):
                raise InUseError(f"{data} is in use by another start (process {owner})")
            if time.monotonic() > deadline:
                raise InUseError(f"{data} is still in use by the children of an earlier start")
            time.sleep(0.1)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
