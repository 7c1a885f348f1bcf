"""Texts as vectors, near each other where the texts mean alike. Off unless SEARCH_VECTORS names who makes them.

    [project.entry-points."search.vectors"]
    bge = "formidle_bge.vectors"

``SEARCH_VECTORS=bge:`` is then that module's. ``e5:`` is ours, in search.e5.
"""

from __future__ import annotations

import logging
import math
import struct
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search import analysis
from search.contract import SearchDocument
from search.schemes import offered

logger = logging.getLogger(__name__)

ENTRY_POINT_GROUP = "search.vectors"

LONGEST = 500
"""Characters of a document that tell what it is about: its title and how it begins. More takes longer."""
LONGEST_QUERY = 500
REMEMBERED = 200
"""Queries of which the vectors are kept: the next page of the same results needs the same one."""

Packed = bytes
"""A document's vector as half-precision numbers. All engines are given what is left of it then, and answer alike."""


class Embedder(Protocol):
    """Vectors have any length but 0; what counts is the angle between them. Threads share it.

    version     other ones of the same text, other version: the index is made anew
    dimensions  how many numbers a vector has
    """

    version: str
    dimensions: int

    def documents(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each."""

    def query(self, text: str) -> Sequence[float]: ...


class Maker(Protocol):
    """What an entry point names: a module, mostly."""

    def embedder(self, url: str) -> Embedder:
        """Quickly: a model is loaded when the first text comes. Raises ValueError for a URL that it cannot use."""


@cache
def embedder() -> Embedder | None:
    """Raises ImproperlyConfigured."""
    url = settings.SEARCH_VECTORS
    if not url:
        return None
    try:
        maker: Maker = offered(ENTRY_POINT_GROUP, url, "embedders")
        return maker.embedder(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"SEARCH_VECTORS={url!r}: {error}") from error


def version() -> str:
    """By which an index tells whose vectors it has; "" for none."""
    made = embedder()
    return f"{made.version}/{made.dimensions}/{LONGEST}" if made else ""


def of_documents(documents: Sequence[SearchDocument]) -> dict[int, Packed]:
    """By id. None at all where vectors are off, or where they fail: then words have to do."""
    made = embedder()
    if made is None or not documents:
        return {}
    try:
        vectors = made.documents([_told(each) for each in documents])
        return {each.id: _packed(vector, made) for each, vector in zip(documents, vectors, strict=True)}
    except Exception:  # of a model that anybody may have written
        logger.exception("%s documents are indexed without vectors", len(documents))
        return {}


def of_query(text: str) -> list[float] | None:
    """Of length one. None where vectors are off, or where they fail: then words have to do."""
    try:
        made_by = version()
        return _of_query(made_by, analysis.normalise(text)[:LONGEST_QUERY]) if made_by else None
    except Exception:
        logger.exception("A search goes by its words alone")
        return None


def unpacked(vector: Packed) -> list[float]:
    """Of length one."""
    return _of_length_one(struct.unpack(f"<{len(vector) // 2}e", vector))


@lru_cache(maxsize=REMEMBERED)
def _of_query(made_by: str, text: str) -> list[float]:
    made = embedder()
    assert made
    return _of_length_one(made.query(_clean(text)))


def _of_length_one(vector: Sequence[float]) -> list[float]:
    numbers = list(map(float, vector))
    length = math.hypot(*numbers) or 1.0
    return [each / length for each in numbers]


def _told(document: SearchDocument) -> str:
    told = document.title
    for passage in document.passages:
        if len(told) >= LONGEST:
            break
        told += f"\n{passage.text}"
    return _clean(told[:LONGEST])


def _clean(text: str) -> str:
    """What every program can take: models are written in other languages."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _packed(vector: Sequence[float], made: Embedder) -> Packed:
    return struct.pack(f"<{made.dimensions}e", *vector)
