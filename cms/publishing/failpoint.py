"""Places where a test may kill the process, to show that nothing is lost there: ``FORMIDLE_FAILPOINT=written:2``.

noted (in the editor's transaction) · claimed · built · written (in the document's transaction) · applied (by a
consumer) · moved (its cursor) · sent (a message to a webhook, before the answer is written down). The number says
which time counts; left out, the first. ``written:2:stop`` stops the process there until somebody lets it go on.
"""

from __future__ import annotations

import os
import signal

_name, _count, _how, *_ = (*os.environ.get("FORMIDLE_FAILPOINT", "").split(":"), "", "")
_left = int(_count or 1)


def failpoint(name: str) -> None:
    """Ends the process as ``kill -9`` does, or stops it, when the environment asks for it here."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGSTOP if _how == "stop" else signal.SIGKILL)
