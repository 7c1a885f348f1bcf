"""A supervised process ends with its parent, however the parent ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

VARIABLE = "FORMIDLE_PARENT"
"""The pid to follow. Set by whoever starts a child; absent where nobody supervises."""

PR_SET_PDEATHSIG = 1


def follow_parent(signum: int = signal.SIGTERM, pid: int = 0) -> None:
    """Send `signum` to this process when its parent dies: the one with this pid, else the one in the environment."""
    pid = pid or int(os.environ.get(VARIABLE, 0))
    if not pid:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signum)
    else:
        threading.Thread(target=_watch, args=(pid, signum), daemon=True).start()
    if os.getppid() != pid:  # it died before we could ask to be told
        os.kill(os.getpid(), signum)


def _watch(pid: int, signum: int) -> None:
    while os.getppid() == pid:
        time.sleep(1)
    os.kill(os.getpid(), signum)
