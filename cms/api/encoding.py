"""Which encoding of an answer a client wants: Accept-Encoding with its weights (RFC 9110, 12.5.3)."""

from __future__ import annotations

from functools import lru_cache

import zstandard
from isal import igzip

from cms.publishing.bodies import ENCODINGS
from cms.publishing.served import PLAIN

WORTHWHILE = 600
"""Smaller answers are sent as they are: they fit into one packet anyway."""


@lru_cache(maxsize=500)
def preferred(accepted: str, possible: tuple[str, ...] = ENCODINGS) -> str:
    """
    >>> preferred("gzip, deflate, br;q=0.9")
    'gzip'
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    rest = weights.get("*", 0.0)
    # where nothing is acceptable, plain is better than no answer
    found = max(possible, key=lambda name: weights.get(name, rest))
    weight = weights.get(found, rest)
    return found if weight > 0 and weight >= weights.get("identity", 0.0) else PLAIN


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def compressed_now(body: bytes, accepted: str) -> tuple[bytes, str]:
    """The body as the client wants it, and the encoding; quick rather than small, as it is done for one request."""
    encoding = preferred(accepted, ("zstd", "gzip")) if len(body) >= WORTHWHILE else PLAIN
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=1).compress(body), encoding
    if encoding == "gzip":
        return igzip.compress(body, 2, mtime=0), encoding
    return body, PLAIN
