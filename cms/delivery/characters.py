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


_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def for_calendar(text: str) -> str:
    """With ``\\n`` as the only end of a line, which iCalendar writes as two characters, and no control characters.

    >>> for_calendar("a\\rATTENDEE:b")
    'a\\nATTENDEE:b'
    """
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
