"""Reads word pairs out of Apertium's dictionary of nynorsk and bokmål, in every form in which people have it.

Debian's package apertium-nno-nob holds it compiled (``nno-nob.autobil.bin``), as a transducer: a net of states whose
arrows are pairs of letters, one of each language. Every way through the net is a pair of words.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

COMPILED = "nno-nob.autobil.bin"
NAME = "np"
"""What Apertium calls a proper noun."""
LONGEST = 60
MOST_STEPS = 20_000_000
"""Steps through a net of 160,000 pairs take a million; a faulty file may go round in circles."""

PAIR = re.compile(r"([^<>:\t]+)(?:<([^>]*)>[^:\t]*)?(?::>:|:|\t)([^<>:\t]+)(?:<.*)?")
"""``kyrkje<n><f>:kirke<n><m>`` as lttoolbox prints it, or two words with a tab between."""


class Unreadable(Exception):
    """The file is none of the forms that are known; says what was expected."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Base forms in lower case, each one word; ``name``: of a person or a place."""

    nynorsk: str
    bokmaal: str
    name: bool


def pairs(path: Path) -> list[Pair]:
    """All pairs of a file: .deb, compiled, .dix or text, plain or gzipped. Raises Unreadable, OSError."""
    found = [
        Pair(nynorsk.lower(), bokmaal.lower(), kind == NAME)
        for nynorsk, bokmaal, kind in _read(path.read_bytes(), path.name)
        if nynorsk.isalpha() and bokmaal.isalpha()
    ]
    if not found:
        raise Unreadable(f"{path.name} holds no pairs of words")
    return list(dict.fromkeys(found))


def _read(data: bytes, name: str) -> Iterator[tuple[str, str, str]]:
    try:
        if data.startswith(b"!<arch>\n"):
            data = _from_package(data)
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        if data.startswith(b"LTTB"):
            yield from _compiled(data)
        elif data.lstrip().startswith(b"<"):
            yield from _source(data)
        else:
            yield from _text(data.decode("utf-8"))
    except (
        EOFError,
        gzip.BadGzipFile,
        zlib.error,
        tarfile.TarError,
        ElementTree.ParseError,
        UnicodeDecodeError,
    ) as error:
        raise Unreadable(f"{name} cannot be read: {error}") from error
    except IndexError as error:
        raise Unreadable(f"{name} is cut short, or not of this form of dictionary") from error


def _from_package(data: bytes) -> bytes:
    """The compiled dictionary out of a .deb: an ar archive that holds a tar archive."""
    position = len(b"!<arch>\n")
    while position < len(data):
        name, size = data[position : position + 16].decode("ascii").strip(), data[position + 48 : position + 58]
        start = position + 60
        if not size.strip().isdigit():
            break
        if name.startswith("data.tar"):
            with tarfile.open(fileobj=io.BytesIO(data[start : start + int(size)])) as archive:
                for member in archive:
                    if member.name.endswith(f"/{COMPILED}") and (file := archive.extractfile(member)):
                        return file.read()
        position = start + int(size) + int(size) % 2
    raise Unreadable(f"The package holds no {COMPILED}; it is apertium-nno-nob that has it")


def _source(data: bytes) -> Iterator[tuple[str, str, str]]:
    """The dictionary as it is written: ``<e><p><l>kyrkje<s n="n"/></l><r>kirke<s n="n"/></r></p></e>``."""
    for _, entry in ElementTree.iterparse(io.BytesIO(data)):  # noqa: S314 - the operator's own file
        if entry.tag != "e":
            continue
        pair = entry.find("p")
        left, right = (pair.find("l"), pair.find("r")) if pair is not None else (entry.find("i"), entry.find("i"))
        if left is not None and right is not None and entry.get("r") != "RL":  # not only from bokmål to nynorsk
            kind = left.find("s")
            yield _written(left), _written(right), "" if kind is None else kind.get("n", "")
        entry.clear()


def _written(side: ElementTree.Element) -> str:
    """Letters up to the first tag; a space between words is an element, and makes it no word."""
    text = side.text or ""
    for child in side:
        if child.tag == "s":
            break
        text += f"<{child.tag}>" + (child.tail or "")
    return text


def _text(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        if not line.startswith("#") and (found := PAIR.fullmatch(line.strip())):
            yield found[1], found[3], found[2] or ""


@dataclass(frozen=True, slots=True)
class _Net:
    """``arrows``: by state, the number of a pair of symbols and the state it leads to."""

    first: int
    arrows: list[list[tuple[int, int]]]


class _Numbers:
    """lttoolbox's numbers: the first two bits tell how many bytes follow."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def next(self) -> int:
        byte = self._data[self._at]
        more, number = byte >> 6, byte & 0x3F
        for byte in self._data[self._at + 1 : self._at + 1 + more]:
            number = number << 8 | byte
        self._at += 1 + more
        return number

    def times(self) -> range:
        return range(self.next())

    def text(self) -> str:
        return "".join([chr(self.next()) for _ in self.times()])

    def header(self, magic: bytes) -> int:
        """What the eight bytes after an optional mark say of the form."""
        if self._data[self._at : self._at + 4] != magic:
            return 0
        features = int.from_bytes(self._data[self._at + 4 : self._at + 12], "little")
        self._at += 12
        return features


def _compiled(data: bytes) -> Iterator[tuple[str, str, str]]:
    numbers = _Numbers(data)
    if numbers.header(b"LTTB"):
        raise Unreadable("The compiled dictionary is of a newer form than is known here; the .dix is read as well")
    for _ in numbers.times():  # letters that words are made of: not needed
        numbers.next()
    tags = [f"<{numbers.text()}>" for _ in numbers.times()]

    def symbol(number: int) -> str:
        return tags[-number - 1] if number < 0 else chr(number) if number else ""

    symbols = [(symbol(numbers.next() - len(tags)), symbol(numbers.next() - len(tags))) for _ in numbers.times()]
    for _ in numbers.times():
        name = numbers.text()
        net = _net(numbers)
        if name.startswith("main"):  # the others are of numbers and signs
            yield from _words(net, symbols)


def _net(numbers: _Numbers) -> _Net:
    weighted = bool(numbers.header(b"LTTD") & 1)
    first = numbers.next()
    for _ in numbers.times():  # final states: every way ends in one
        numbers.next()
        if weighted:
            numbers.next()
    states = numbers.next()
    arrows: list[list[tuple[int, int]]] = []
    for state in range(states):
        symbol, row = 0, []
        for _ in numbers.times():
            symbol += numbers.next()
            row.append((symbol, (numbers.next() + state) % states))
            if weighted:
                numbers.next()
        arrows.append(row)
    return _Net(first, arrows)


def _words(net: _Net, symbols: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Every way from the first state until both sides have come to their first tag, which tells the kind of word."""
    # Only over letters: numbers are circles in the net. A side's kind is "" until its word has ended.
    usable = [all(not each or each[0] == "<" or each.isalpha() for each in pair) for pair in symbols]
    ways = [(net.first, "", "", "", "")]
    for _ in range(MOST_STEPS):
        if not ways:
            return
        state, left, left_kind, right, right_kind = ways.pop()
        if left_kind and right_kind:
            yield left, right, left_kind.strip("<>")
            continue
        for number, target in net.arrows[state]:
            if not usable[number]:
                continue
            one, other = symbols[number]
            new_left, new_left_kind = _longer(left, left_kind, one)
            new_right, new_right_kind = _longer(right, right_kind, other)
            if len(new_left) < LONGEST and len(new_right) < LONGEST:
                ways.append((target, new_left, new_left_kind, new_right, new_right_kind))
    raise Unreadable("The compiled dictionary has no end")


def _longer(word: str, kind: str, symbol: str) -> tuple[str, str]:
    if kind or not symbol:
        return word, kind
    return (word, symbol) if symbol[0] == "<" else (word + symbol, "")
