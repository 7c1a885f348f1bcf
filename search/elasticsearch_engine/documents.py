"""Turns an IndexedDocument into what Elasticsearch takes, and what it kept back into what hits are shown with."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from search.elasticsearch_engine.schema import Page
from search.indexed import IndexedDocument, Source

BUCKETS = 64
GONE = Source(0, "", "", "", "", [], [], "")

TAKEN = (
    "id",
    "version",
    "words",
    "parts",
    "vocabulary",
    "folded",
    "beginnings",
    "prefixes",
    "inside",
    "keys",
    "timed",
    "published",
    "starts",
    "ends",
    "sort_title",
)


def page(document: IndexedDocument) -> Page:
    return Page(
        meta={"id": str(document.id)},
        **{name: getattr(document, name) for name in TAKEN},
        completions=_completions(document.vocabulary),
        source=asdict(document.source),
    )


def tombstone(id_: int, version: int) -> Page:
    """Keeps what was removed from coming back by an older write. As it has no site, nothing finds it."""
    return Page(meta={"id": str(id_)}, version=version)


def source(kept: Mapping[str, Any]) -> Source:
    return Source(**kept["source"]) if "source" in kept else GONE


def bucket(word: str) -> str:
    """The field for completions of what begins like a word.

    Counting words costs as much as their field has different ones: spread over many fields, it takes milliseconds.
    """
    return f"b{zlib.crc32(word[:2].encode()) % BUCKETS}"


def _completions(vocabulary: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in vocabulary:
        found.setdefault(bucket(entry.partition(":")[2]), []).append(entry)
    return found
