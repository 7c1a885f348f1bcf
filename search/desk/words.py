"""Lists of words as communicators write them."""

from __future__ import annotations

import re


def split(text: str) -> list[str]:
    """
    >>> split("leikskule, åpen  barnehage\\n, SFO")
    ['leikskule', 'åpen barnehage', 'SFO']
    """
    found = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(part for part in found if part))


def lines(text: str) -> list[str]:
    """
    >>> lines("ledig stilling\\n\\n jobb ")
    ['ledig stilling', 'jobb']
    """
    found = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))
