from __future__ import annotations

import gzip
from collections import OrderedDict

import pytest
import zstandard

from cms.api import encoding
from cms.api.encoding import compressed_now, preferred
from cms.api.responses import etag_of

BODIES = [f"artikkel {number} ".encode() * 100 for number in range(8)]


def sent(body: bytes, accepted: str) -> tuple[bytes, str]:
    return compressed_now(body, etag_of(body), accepted)


@pytest.fixture(autouse=True)
def recent(monkeypatch):
    monkeypatch.setattr(encoding, "_recent", OrderedDict())


def unpacked(packed: bytes, name: str) -> bytes:
    return gzip.decompress(packed) if name == "gzip" else zstandard.ZstdDecompressor().decompress(packed)


def test_each_answer_is_its_own_however_often_and_in_whatever_order_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(encoding, "RECENT", 3)
    for body in [*BODIES, *BODIES[4:], *BODIES]:
        for name in ("gzip", "zstd"):
            packed, used = sent(body, name)
            assert (unpacked(packed, name), used) == (body, name)
            assert len(encoding._recent) <= 3


def test_what_was_compressed_is_not_compressed_again(monkeypatch):
    first = sent(BODIES[0], "gzip")
    monkeypatch.setattr(encoding, "_compress", lambda *_: pytest.fail("compressed again"))
    assert sent(BODIES[0], "gzip") == first


def test_large_answers_are_not_kept(monkeypatch):
    monkeypatch.setattr(encoding, "LARGEST", 700)
    sent(b"x" * 701, "gzip")
    assert not encoding._recent


@pytest.mark.parametrize(
    ("accepted", "expected"), [("", ""), ("identity", ""), ("gzip;q=0", ""), ("br", "br"), ("gzip, br", "br")]
)
def test_the_encoding_is_one_that_the_client_takes(accepted, expected):
    assert preferred(accepted) == expected
