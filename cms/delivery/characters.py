"""Texts as other formats can hold them."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold in any way.

    >>> for_xml("a\\x0bb")
    'ab'
    """
    return _NOT_XML.sub("", text)
