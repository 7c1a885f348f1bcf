"""The web server: `python -m cms.setup.serve ADDRESS PORT`.

granian's main process spawns one process with the application in it. Both end with the process that started them.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from cms.setup.parent import VARIABLE, follow_parent

THREADS = 4
"""SQLite lets one write at a time and two cores run two threads; more of them only wait."""


def load(target: str) -> Callable[..., Any]:
    """Load the application in the process that granian spawned."""
    follow_parent(signal.SIGKILL)  # granian's main is gone: nobody is left to stop us gently
    gc.disable()  # all that is loaded now stays: looking through it for garbage only costs, now and at every request
    from cms.wsgi import application

    gc.freeze()
    gc.enable()
    return application


def main(address: str, port: int) -> None:
    follow_parent()
    os.environ[VARIABLE] = str(os.getpid())
    Granian(
        "cms.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,  # a thread keeps its database connection
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
