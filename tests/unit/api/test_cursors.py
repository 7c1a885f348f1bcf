from __future__ import annotations

import pytest

from cms.api.cursors import decode, encode, pack
from cms.api.values import MalformedError
from cms.publishing.reads import Cursor


@pytest.mark.parametrize(
    ("order", "cursor"),
    [
        ("newest", Cursor("2026-03-01T09:00:00+00:00", 12)),
        ("latest", Cursor("2026-03-01T09:00:00.123456+00:00", 12, backward=True)),
        ("title", Cursor("høring, del 2", 3)),
    ],
)
def test_cursor_comes_back(order, cursor):
    assert decode(encode(order, cursor), order) == cursor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "æ",
        "=",
        pack([]),
        pack(["newest", "2026-03-01T09:00:00+00:00", 12]),
        pack(["newest", "2026-03-01T09:00:00+00:00", "12", 0]),
        pack(["newest", "2026-03-01T09:00:00+00:00", 0, 0]),
        pack(["newest", "2026-03-01T09:00:00+00:00", 2**63, 0]),
        pack(["newest", "2026-03-01T09:00:00+00:00", 12, 2]),
        pack(["newest", "2026-03-01T09:00:00", 12, 0]),
        pack(["newest", "2026-13-01T09:00:00+00:00", 12, 0]),
        pack(["newest", "yesterday", 12, 0]),
        pack(["title", "a\x00b", 12, 0]),
        pack(["best", "x", 12, 0]),
    ],
)
def test_what_was_never_given_out_is_refused(text):
    with pytest.raises(MalformedError, match="broken"):
        decode(text, "newest")


def test_cursor_is_bound_to_its_order():
    with pytest.raises(MalformedError, match="belongs to the order newest"):
        decode(encode("newest", Cursor("2026-03-01T09:00:00+00:00", 1)), "oldest")
