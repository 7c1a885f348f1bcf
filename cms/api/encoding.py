"""Which encoding of an answer a client wants: Accept-Encoding with its weights (RFC 9110, 12.5.3)."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

import zstandard
from isal import igzip

from cms.publishing.bodies import ENCODINGS
from cms.publishing.served import PLAIN

WORTHWHILE = 600
"""Smaller answers are sent as they are: they fit into one packet anyway."""
RECENT, LARGEST = 100, 200_000
"""How many compressed answers are kept for the next who asks for the same, and of how many bytes before at most."""

_recent: OrderedDict[tuple[str, str], bytes] = OrderedDict()


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


def compressed_now(body: bytes, etag: str, accepted: str) -> tuple[bytes, str]:
    """The body as the client wants it, and the encoding; quick rather than small, as it is done for one request.

    ``etag`` is made from the body: what is asked for again and again, the first page of a list, is compressed once.
    """
    encoding = preferred(accepted, ("zstd", "gzip")) if len(body) >= WORTHWHILE else PLAIN
    if encoding == PLAIN:
        return body, PLAIN
    found = _recent.get((etag, encoding))
    if found is None:
        found = _compress(body, encoding)
        if len(body) <= LARGEST:
            _recent[etag, encoding] = found
            if len(_recent) > RECENT:
                _recent.popitem(last=False)
    return found, encoding


def _compress(body: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=1).compress(body)
    return bytes(igzip.compress(body, 2, mtime=0))
