"""The fields of the index, and a fingerprint that tells when an index on disk was made by other rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

import tantivy

from search import analysis, embedding

FORMAT = 4
"""Raised when the same fields come to hold something else."""

TERMS: dict[str, Any] = {"tokenizer_name": "terms", "index_option": "position"}
SET: dict[str, Any] = {"tokenizer_name": "terms", "index_option": "basic"}
RAW: dict[str, Any] = {"tokenizer_name": "raw", "index_option": "basic"}

FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "id": ("unsigned", {"indexed": True, "fast": True}),
    "version": ("unsigned", {"fast": True}),
    # Terms of title and passages, made by search.analysis; with positions, for phrases.
    "words": ("text", TERMS),
    # Terms of compounds' parts and of other ways to say a word; no phrases.
    "parts": ("text", {"tokenizer_name": "terms", "index_option": "freq"}),
    # "{site}:{word}" for every different word as it is written, for completions;
    # "{site}:{drow}" and "{site}:{word without æøå}:{word}", for corrections.
    "vocabulary": ("text", SET),
    "reversed": ("text", SET),
    "folded": ("text", SET),
    # The beginnings of the title as a whole, of its words, and of other forms and parts of those, for suggestions.
    "beginnings": ("text", RAW),
    "prefixes": ("text", SET),
    "inside": ("text", SET),
    # {"site": ["1"], "topic": ["skole"]}: filters and facets, whatever plugins declare.
    "keys": ("json", {**RAW, "fast": True}),
    "timed": ("boolean", {"indexed": True}),
    # Microseconds since 1970, for orders and ranges.
    "published": ("integer", {"fast": True}),
    "starts": ("integer", {"fast": True}),
    "ends": ("integer", {"fast": True}),
    "sort_title": ("text", {**RAW, "fast": True}),
    # Which row of the file of vectors is the document's; none where vectors are off.
    "vector": ("unsigned", {"fast": True}),
    # What hits are shown with: the texts themselves.
    "source": ("bytes", {"stored": True}),
}


def build() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, (kind, options) in FIELDS.items():
        getattr(builder, f"add_{kind}_field")(name, **options)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """What is not kept with an index on disk: tokenizers, and who decides when to look for changes."""
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")


def rules() -> dict[str, str]:
    """``fields`` of another value: this version cannot read the index. Others: it can, with worse answers."""
    found = {"fields": _fields_hash(), "analysis": analysis.VERSION}
    return {**found, "vectors": vectors} if (vectors := embedding.version()) else found


def fingerprint(made_by: Mapping[str, str] | None = None) -> str:
    """Of today's rules, or of those that an index was made by.

    >>> fingerprint({"fields": "3f0c", "analysis": "2"})
    '3f0c-2'
    """
    return "-".join((rules() if made_by is None else made_by).values())


@cache
def _fields_hash() -> str:
    fields = json.dumps([FORMAT, version("tantivy"), FIELDS], sort_keys=True)
    return hashlib.sha256(fields.encode()).hexdigest()[:16]
