"""Turns an IndexedDocument into what tantivy takes, and what it stored back into what hits are shown with."""

from __future__ import annotations

import orjson
import tantivy

from search.indexed import IndexedDocument, Source


def to_tantivy(document: IndexedDocument) -> tantivy.Document:
    found = tantivy.Document()
    for name in ("id", "version"):
        found.add_unsigned(name, getattr(document, name))
    # Each value starts anew, so that no phrase reaches from one passage into the next.
    for name in ("words", "parts", "beginnings"):
        for value in getattr(document, name):
            found.add_text(name, value)
    for name in ("vocabulary", "reversed", "folded", "prefixes", "inside"):
        found.add_text(name, " ".join(getattr(document, name)))
    found.add_json("keys", document.keys)
    found.add_boolean("timed", document.timed)
    for name in ("published", "starts", "ends"):
        found.add_integer(name, getattr(document, name))
    found.add_text("sort_title", document.sort_title)
    found.add_bytes("source", orjson.dumps(document.source))
    return found


def source(document: tantivy.Document) -> Source:
    return Source(**orjson.loads(document["source"][0]))
