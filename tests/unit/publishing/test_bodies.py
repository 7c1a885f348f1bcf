"""A damaged body is seen whatever damaged it, and none stops the check of the others."""

from __future__ import annotations

import pytest

from cms.publishing.bodies import ENCODINGS, Body, compressed, hold

DETAIL = b'{"title":"' + b"Samspill i Innlandet " * 50 + b'"}'

DAMAGES = {
    "empty": lambda body: b"",
    "cut off": lambda body: body[:-3],
    "a byte changed": lambda body: (
        body[: len(body) // 2] + bytes([body[len(body) // 2] ^ 0xFF]) + body[len(body) // 2 + 1 :]
    ),
    "something behind it": lambda body: body + b"junk",
    "not compressed": lambda body: DETAIL,
    "another document": lambda body: compressed(b"{}")["gzip"].detail,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_body_does_not_hold(encoding: str, damage: str):
    stored = compressed(DETAIL)
    assert hold(stored, DETAIL)
    detail, resolved = stored[encoding]
    for damaged in (Body(DAMAGES[damage](detail), resolved), Body(detail, DAMAGES[damage](resolved))):
        assert not hold(stored | {encoding: damaged}, DETAIL)


def test_bodies_of_all_encodings_are_there():
    stored = compressed(DETAIL)
    assert not hold({encoding: stored[encoding] for encoding in ENCODINGS[1:]}, DETAIL)
    assert not hold({**stored, "deflate": stored["gzip"]}, DETAIL)
