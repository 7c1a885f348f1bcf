"""Where in a plugin's own code an exception came from."""

from __future__ import annotations

import traceback


def described(error: BaseException, module: str) -> str:
    """``ImportError: no module named x (formidle_library.models, line 7)``; the place is the deepest in the package.

    ``module`` is any module of the package.
    """
    text = f"{type(error).__name__}: {error}".rstrip(".")
    place = _place(error, module.partition(".")[0])
    return f"{text} ({place})." if place else f"{text}."


def _place(error: BaseException, package: str) -> str:
    if isinstance(error, SyntaxError):
        return ""  # its text names file and line
    found = [
        f"{name}, line {line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (name := frame.f_globals.get("__name__", "")).partition(".")[0] == package
    ]
    return found[-1] if found else ""
