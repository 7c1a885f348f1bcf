"""The fields of an index, and a fingerprint that tells when an index was made by other rules."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from elasticsearch_dsl import Boolean, DenseVector, Document, Index, Keyword, Long, MetaField, Object, Text

from search import analysis, embedding
from search.elasticsearch_engine.address import Address

FORMAT = 1
"""Raised when the same fields come to hold something else."""

LONGEST = 200
"""Characters of a word that is completed or corrected; Lucene has a limit, and refuses the document beyond it."""

MAX_RESULTS = 1_000_000
"""Ties are fetched to the last one: a page of results may begin among thousands of equals."""

SETTINGS = {
    "max_result_window": MAX_RESULTS,
    # Hundreds of beginnings of words that may have been meant.
    "max_regex_length": 100_000,
    # Every change says itself that it is to be seen at once; only the filling of a candidate can wait.
    "refresh_interval": "5s",
    # What every search engine here counts with; and the default.
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
}

TERMS: dict[str, Any] = {"analyzer": "whitespace"}
SET: dict[str, Any] = {"doc_values": False, "ignore_above": LONGEST}

KEYS = {"keys": {"path_match": "keys.*", "mapping": {"type": "keyword"}}}
COMPLETIONS = {
    "completions": {
        "path_match": "completions.*",
        "mapping": {"type": "keyword", "index": False, "ignore_above": LONGEST},
    }
}


class Page(Document):  # type: ignore[misc]  # the library ships no types
    """A document of search.indexed. A tombstone has nothing but its version: no query finds it."""

    id = Long()
    version = Long(index=False)
    # Terms of title and passages, made by search.analysis; with positions, for phrases. Between two values there is a
    # gap, so that no phrase reaches from one passage into the next.
    words = Text(**TERMS)
    # Terms of compounds' parts and of other ways to say a word; no phrases.
    parts = Text(**TERMS, index_options="freqs")
    # "{site}:{word}" for every different word as it is written, and "{site}:{word without æøå}:{word}": corrections.
    vocabulary = Keyword(**SET)
    folded = Keyword(**SET)
    # The same words once more, spread by how they begin (`bucket`), for completions.
    completions = Object(dynamic=True)
    # The beginnings of the title as a whole, of its words, and of other forms and parts of those, for suggestions.
    beginnings = Keyword(doc_values=False)
    prefixes = Keyword(doc_values=False)
    inside = Keyword(doc_values=False)
    # {"site": ["1"], "topic": ["skole"]}: filters and facets, whatever plugins declare.
    keys = Object(dynamic=True)
    timed = Boolean(doc_values=False)
    # Microseconds since 1970, for orders and ranges.
    published = Long()
    starts = Long()
    ends = Long()
    sort_title = Keyword(index=False)
    # What hits are shown with: the texts themselves.
    source = Object(enabled=False)

    class Meta:
        dynamic = MetaField("strict")
        dynamic_templates = MetaField([KEYS, COMPLETIONS])
        # The rest is not kept: it can be made again from the documents, and would double the index.
        source = MetaField(includes=["version", "source"])


def definition(name: str, address: Address) -> Index:
    """An index as it is to be made."""
    index = Index(name)
    index.mapping(Page._doc_type.mapping)
    if made := embedding.embedder():
        # All of a hundred vectors are looked at, none is guessed: a list is enough, and cheaper to write than a graph.
        vector = DenseVector(dims=made.dimensions, similarity="cosine", index=True, index_options={"type": "flat"})
        index.get_or_create_mapping().field("vector", vector)
    copies = {"auto_expand_replicas": "0-1"} if address.replicas is None else {"number_of_replicas": address.replicas}
    index.settings(number_of_shards=address.shards, **copies, **SETTINGS)
    return index


def fingerprint() -> str:
    """Of today's rules: ``{fields}-{analysis}``. An index of other fields cannot be read by this version."""
    return f"{fields_hash()}-{_hash(analysis.VERSION + embedding.version())}"


def vectors_hash() -> str:
    """Of whose vectors they are; "" where they are off."""
    return _hash(version) if (version := embedding.version()) else ""


@cache
def fields_hash() -> str:
    return _hash(json.dumps([FORMAT, SETTINGS, Page._doc_type.mapping.to_dict()], sort_keys=True))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
