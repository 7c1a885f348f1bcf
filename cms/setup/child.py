"""A supervised process: started again, with growing pauses, when it ends by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cms.setup.parent import VARIABLE

FIRST_PAUSE = 0.5
"""Seconds; doubled at every end, back to the start after a minute of life."""
LONGEST_PAUSE = 30.0


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def supervised() -> dict[str, str]:
    """The environment of a process that ends with this one."""
    return {**os.environ, VARIABLE: str(os.getpid()), "PYTHONUNBUFFERED": "1"}


@dataclass(slots=True)
class Child:
    name: str
    command: Sequence[str]
    log: Path
    inherit: int
    """A file descriptor to keep open: the claim on the data folder lasts until the last child is gone."""
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                env=supervised(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self.inherit],
            )
        self.started = time.monotonic()

    def tend(self) -> None:
        """Notice an end, say so, and start again when the pause is over. Call often."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
        elif (code := self.process.poll()) is not None:
            if now - self.started > 60:
                self.pause = FIRST_PAUSE
            say(f"{self.name} ended with code {code}, starting it again in {self.pause:g} s; see {self.log}")
            self.process, self.due = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def terminate(self) -> None:
        if self.process:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has ended; kill it at the deadline (monotonic seconds)."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop in time and was killed")
            self.process.kill()
            self.process.wait()
        self.process = None
