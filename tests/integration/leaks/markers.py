"""Words that stand in one place each, so that a word which shows up elsewhere tells where it leaked from."""

from __future__ import annotations

import base64
import binascii
import random
import re

LETTERS = "bcdfghjklmnpqrstvwxz"
"""No vowels: such a word is part of no other, and no stemmer knows it."""

TOKEN = re.compile(rb"[A-Za-z0-9_-]{16,}")


class Markers:
    """``word("draft news title")`` makes a word; ``found(data)`` says which of the words are in some bytes."""

    def __init__(self, prefix: str, seed: str) -> None:
        self.prefix = prefix
        self.names: dict[str, str] = {}
        self._random = random.Random(f"{prefix} {seed}")
        self._shape = re.compile(rf"{prefix}[{LETTERS}]{{10}}".encode())

    def word(self, name: str) -> str:
        found = self.prefix + "".join(self._random.choices(LETTERS, k=10))
        assert found not in self.names
        self.names[found] = name
        return found

    def words(self, part: str) -> list[str]:
        """The words whose names contain ``part``."""
        return [word for word, name in self.names.items() if part in name]

    def found(self, data: bytes) -> set[str]:
        """The words in the data, in any case; also inside of what is packed into cursors."""
        return {word for each in (data, *_unpacked(data)) for word in self._plain(each)}

    def named(self, words: set[str]) -> list[str]:
        return sorted(f"{self.names[word]} ({word})" for word in words)

    def _plain(self, data: bytes) -> list[str]:
        return [word for match in self._shape.findall(data.lower()) if (word := match.decode()) in self.names]


def _unpacked(data: bytes) -> list[bytes]:
    found = []
    for token in set(TOKEN.findall(data)):
        try:
            found.append(base64.urlsafe_b64decode(token + b"=" * (-len(token) % 4)))
        except (binascii.Error, ValueError):
            continue
    return found
