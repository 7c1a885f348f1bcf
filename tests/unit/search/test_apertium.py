"""Word pairs out of small dictionaries in every form; the words are ours."""

import gzip
import io
import tarfile

import pytest

from search.norwegian import apertium, nynorsk
from search.norwegian.apertium import Pair, Unreadable

SOURCE = """<?xml version="1.0" encoding="UTF-8"?>
<dictionary><section id="main" type="standard">
<e><p><l>kyrkje<s n="n"/><s n="f"/></l><r>kirke<s n="n"/><s n="m"/></r></p></e>
<e r="LR"><p><l>heim<s n="n"/></l><r>hjem<s n="n"/></r></p></e>
<e r="RL"><p><l>garanti<s n="n"/></l><r>sikkerhet<s n="n"/></r></p></e>
<e><i>skog<s n="n"/></i></e>
<e><p><l>Noreg<s n="np"/></l><r>Norge<s n="np"/></r></p></e>
<e><p><l>i<b/>dag<s n="adv"/></l><r>i<b/>dag<s n="adv"/></r></p></e>
<e><re>[0-9]+</re><p><l><s n="num"/></l><r><s n="num"/></r></p></e>
</section></dictionary>
"""
PAIRS = {
    Pair("kyrkje", "kirke", False),
    Pair("heim", "hjem", False),
    Pair("skog", "skog", False),
    Pair("noreg", "norge", True),
}
PRINTED = (
    "kyrkje<n><f>:kirke<n><m>\nheim<n>:>:hjem<n>\nskog<n>:skog<n>\nNoreg<np>:Norge<np>\ngaranti<n>:<:sikkerhet<n>\n"
)
WORDS = "# ours\nkyrkje\tkirke\nheim\thjem\n"


def number(value):
    """As lttoolbox writes it: the first two bits tell how many bytes follow."""
    for more in range(4):
        if value < 1 << (6 + 8 * more):
            return bytes([more << 6 | value >> 8 * more, *(value >> 8 * n & 0xFF for n in reversed(range(more)))])
    raise ValueError(value)


def text(word):
    return number(len(word)) + b"".join(number(ord(letter)) for letter in word)


def compiled(entries, loop=False):
    """A dictionary as Debian has it: one row of states per entry; ``loop`` adds digits that go round in circles."""
    tags = sorted({f"{each[n]}" for each in entries for n in (1, 3)})
    symbols: list[tuple[str, str]] = []
    rows: list[list[tuple[int, int]]] = [[]]
    finals: list[int] = []

    def arrow(state, pair, target):
        if pair not in symbols:
            symbols.append(pair)
        rows[state].append((symbols.index(pair), target))

    for left, left_kind, right, right_kind in entries:
        state = 0
        length = max(len(left), len(right)) + 1
        one = [*left, f"<{left_kind}>", *[""] * (length - len(left) - 1)]
        other = [*right, f"<{right_kind}>", *[""] * (length - len(right) - 1)]
        for pair in zip(one, other, strict=True):
            rows.append([])
            arrow(state, pair, len(rows) - 1)
            state = len(rows) - 1
        finals.append(state)
    if loop:
        arrow(0, ("7", "7"), 0)

    def code(symbol):
        return -tags.index(symbol[1:-1]) - 1 if symbol[:1] == "<" else ord(symbol) if symbol else 0

    data = b"LTTB" + bytes(8) + number(0) + number(len(tags)) + b"".join(map(text, tags)) + number(len(symbols))
    data += b"".join(number(code(each) + len(tags)) for pair in symbols for each in pair)
    data += number(1) + text("main@standard") + b"LTTD" + bytes(8) + number(0) + number(len(finals))
    data += b"".join(number(b - a) for a, b in zip([0, *finals], finals, strict=False)) + number(len(rows))
    for state, row in enumerate(rows):
        data += number(len(row))
        before = 0
        for symbol, target in sorted(row):
            data += number(symbol - before) + number((target - state) % len(rows))
            before = symbol
    return data


COMPILED = compiled(
    [
        ("kyrkje", "n", "kirke", "n"),
        ("heim", "n", "hjem", "n"),
        ("skog", "n", "skog", "n"),
        ("Noreg", "np", "Norge", "np"),
        ("i dag", "adv", "i dag", "adv"),
    ],
    loop=True,
)


def package(content, name=f"./usr/share/apertium/apertium-nno-nob/{apertium.COMPILED}"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    data = b"!<arch>\n"
    for member, body in [("debian-binary", b"2.0"), ("data.tar.xz", packed.getvalue())]:
        data += (
            f"{member:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(body):<10}`\n".encode() + body + b"\n" * (len(body) % 2)
        )
    return data


@pytest.mark.parametrize(
    "content",
    [SOURCE.encode(), PRINTED.encode(), COMPILED, package(COMPILED), gzip.compress(SOURCE.encode(), mtime=0)],
    ids=["dix", "printed", "compiled", "package", "gzipped"],
)
def test_every_form_gives_the_same_pairs(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    assert set(apertium.pairs(tmp_path / "file")) == PAIRS


def test_lines_of_two_words(tmp_path):
    (tmp_path / "words.tsv").write_text(WORDS)
    assert [(each.nynorsk, each.bokmaal) for each in apertium.pairs(tmp_path / "words.tsv")] == [
        ("kyrkje", "kirke"),
        ("heim", "hjem"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no pairs"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"<dictionary><e>", "cannot be read"),
        (COMPILED[:60], "cut short"),
        (gzip.compress(b"x" * 1000, mtime=0)[:20], "cannot be read"),
        (package(b"", name="./usr/share/doc/readme"), "apertium-nno-nob that has it"),
        (b"LTTB\x01" + bytes(7), "newer form"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path, content, told):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Unreadable, match=told):
        apertium.pairs(tmp_path / "file")


def test_a_word_that_bokmaal_has_too_is_left_alone():
    assert nynorsk.chosen([Pair("tale", "tale", False), Pair("tale", "snakke", False)]) == {}


def test_the_most_common_of_several_words_comes_first():
    assert nynorsk.chosen([Pair("gje", "avgi", False), Pair("gje", "gi", False)]) == {"gje": ("gi", "avgi")}


def test_a_name_counts_only_where_there_is_no_other_word():
    found = nynorsk.chosen([Pair("heim", "hjem", False), Pair("heim", "heimdal", True), Pair("noreg", "norge", True)])
    assert found == {"heim": ("hjem",), "noreg": ("norge",)}
