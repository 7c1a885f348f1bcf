"""Why something failed: kept in English, as logs and commands say it, and translated where an editor reads it."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

PLACEHOLDER = re.compile(r"%\\\((\w+)\\\)s")  # as ``re.escape`` leaves it
EXCEPTION = re.compile(r"(?P<name>[A-Z]\w*): (?P<text>.*)", re.DOTALL)

_known: dict[str, re.Pattern[str]] = {}


def known(sentence: str) -> str:
    """The sentence, which is translated from now on: a msgid with ``%(name)s`` for each value."""
    _known[sentence] = re.compile(PLACEHOLDER.sub(r"(?P<\1>.*?)", re.escape(sentence)), re.DOTALL)
    return sentence


def translated(text: str) -> str:
    """In the language that is active; what is no known sentence stays as it is, and so does an exception's name.

    ``PurgeFailed: the cache answered 503: busy`` → ``PurgeFailed: mellomlageret svarte 503: busy``
    """
    for sentence, pattern in _known.items():
        if found := pattern.fullmatch(text):
            return gettext(sentence) % {name: translated(value) for name, value in found.groupdict().items()}
    if found := EXCEPTION.fullmatch(text):
        return f"{found['name']}: {translated(found['text'])}"
    return text


LOG_BEGAN_ANEW = known(_("the log began anew"))
DIFFERED = known(_("a check found that it differs"))
