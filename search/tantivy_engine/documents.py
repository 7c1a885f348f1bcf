"""Turns a SearchDocument into what tantivy indexes, and back into what hits are shown with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

import orjson
import tantivy

from search import analysis, spelling
from search.analysis import Analysed
from search.contract import SearchDocument
from search.stopwords import STOP_WORDS

TITLE_WEIGHT = 2
BEGINNING = 40
PREFIX = 20
MAX_KEY = 1_000

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Source:
    """What is kept of a document besides its terms.

    fields    where each of ``passages`` came from
    spelling  a line per term, of words and their parts, with the words of the texts that have it:
              ``"\nbarnehag Barnehagen barnehage\n…\n"``
    """

    id: int
    type: str
    language: str
    title: str
    path: str
    fields: list[str]
    passages: list[str]
    spelling: str

    def matching(self, wanted: Iterable[str]) -> set[str]:
        """Words of the texts that have one of the terms, spelt as they stand there."""
        # Two finds per term instead of splitting it all into words: this runs for every hit of every search.
        found: set[str] = set()
        for term in wanted:
            line = self.spelling.find(f"\n{term} ")
            if line >= 0:
                end = self.spelling.index("\n", line + 1)
                found.update(self.spelling[line + len(term) + 2 : end].split(" "))
        return found


def to_tantivy(document: SearchDocument) -> tantivy.Document:
    """Raises ValueError or TypeError for what cannot be indexed."""
    language, title = document.language, analysis.normalise(document.title)
    passages = [(each, analysis.normalise(each.text)) for each in document.passages]
    found = tantivy.Document()
    found.add_unsigned("id", document.id)
    found.add_unsigned("version", document.version)
    spelt = [analysis.spelt(text) for text in (title, *(text for _, text in passages))]
    vocabulary = analysis.vocabulary(chain.from_iterable(spelt), language)
    times = [TITLE_WEIGHT, *(max(1, round(each.weight)) for each, _ in passages)]
    # Each value starts anew, so that no phrase reaches from one passage into the next.
    for words, count in zip(spelt, times, strict=True):
        terms = " ".join([vocabulary[word].term for word in words])
        parts = " ".join([part for word in words for part in vocabulary[word].parts])
        for _ in range(count):
            found.add_text("words", terms)
            if parts:
                found.add_text("parts", parts)
    compounds = {word for text in (title, *(text for _, text in passages)) for word in analysis.joined(text)}
    if compounds:
        found.add_text("parts", " ".join(sorted({analysis.term(word, language) for word in compounds})))
    site, known = document.site, _correctable(vocabulary)
    found.add_text("vocabulary", " ".join([f"{site}:{word}" for word in _completable(known)]))
    found.add_text("reversed", " ".join([f"{site}:{word[::-1]}" for word in known]))
    found.add_text("folded", " ".join([f"{site}:{fold}:{word}" for word in known for fold in spelling.folds(word)]))
    title_words = analysis.words(title)
    for beginning in beginnings(title_words):
        found.add_text("beginnings", beginning)
    found.add_text("prefixes", " ".join(sorted({word[:n] for word in title_words for n in range(1, PREFIX + 1)})))
    found.add_json("keys", _keys(document))
    found.add_boolean("timed", document.timed)
    found.add_integer("published", instant(document.published))
    found.add_integer("starts", instant(document.starts))
    found.add_integer("ends", instant(document.ends))
    found.add_text("sort_title", key_value(document.sort_title))
    kept = Source(
        document.id,
        document.type,
        language,
        title,
        document.path,
        [each.field for each, _ in passages],
        [text for _, text in passages],
        _spelling(vocabulary),
    )
    found.add_bytes("source", orjson.dumps(kept))
    return found


def source(document: tantivy.Document) -> Source:
    return Source(**orjson.loads(document["source"][0]))


def instant(moment: datetime) -> int:
    """Microseconds since 1970: dates compare as they do in the database."""
    return (moment - EPOCH) // MICROSECOND


def beginnings(words: list[str]) -> list[str]:
    """
    >>> beginnings(["ny", "bru"])
    ['n', 'ny', 'ny ', 'ny b', 'ny br', 'ny bru']
    """
    whole = " ".join(words)[:BEGINNING]
    return [whole[:n] for n in range(1, len(whole) + 1)]


def _spelling(vocabulary: dict[str, Analysed]) -> str:
    lines: dict[str, str] = {}
    for word, found in vocabulary.items():
        for term in dict.fromkeys((found.term, *found.parts)):
            lines[term] = f"{lines.get(term, term)} {word}"
    return "\n".join(["", *lines.values(), ""])


def _correctable(vocabulary: Iterable[str]) -> list[str]:
    return sorted({word.lower() for word in vocabulary if len(word) > 2 and not word.isdigit()})


def _completable(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]


def _keys(document: SearchDocument) -> dict[str, list[str]]:
    found = {"site": [str(document.site)]}
    for name, values in document.keys.items():
        if name == "site" or not FIELD_NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be the name of a key")
        found[name] = [key_value(value) for value in values]
    return found


def key_value(value: str) -> str:
    """As indexed and as looked up: whole, without what UTF-8 cannot hold."""
    return value.encode("utf-8", "replace").decode()[:MAX_KEY]
