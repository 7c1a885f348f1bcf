"""Turns a SearchDocument into what tantivy indexes, and back into what hits are shown with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson
import tantivy

from search import analysis
from search.contract import SearchDocument
from search.stopwords import STOP_WORDS

TITLE_WEIGHT = 2
BEGINNING = 40
PREFIX = 20
MAX_KEY = 1_000

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")

# Danish-Norwegian order: å, ä and ö are letters after z, other accents do not count.
ALPHABET = str.maketrans("æäøöåđŋŧ{|}", "{{||}dnt   ")


@dataclass(frozen=True, slots=True)
class Source:
    """What is kept of a document besides its terms.

    passages  (field, text)
    words     the different words of title and passages, as they stand there; ``terms`` has their terms in this order
    """

    id: int
    type: str
    language: str
    title: str
    path: str
    passages: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    terms: tuple[str, ...]

    def matching(self, wanted: frozenset[str]) -> set[str]:
        """Words of the document that have one of the terms."""
        return {word for word, term in zip(self.words, self.terms, strict=True) if term in wanted}


def to_tantivy(document: SearchDocument) -> tantivy.Document:
    """Raises ValueError for what cannot be indexed."""
    language, title = document.language, analysis.normalise(document.title)
    passages = [(each, analysis.normalise(each.text)) for each in document.passages]
    found = tantivy.Document()
    found.add_unsigned("id", document.id)
    found.add_unsigned("version", document.version)
    # Each value starts anew, so that no phrase reaches from one passage into the next.
    for text, times in [(title, TITLE_WEIGHT), *((text, max(1, round(each.weight))) for each, text in passages)]:
        terms = " ".join(analysis.terms(text, language))
        for _ in range(times):
            found.add_text("words", terms)
    vocabulary = analysis.vocabulary([title, *(text for _, text in passages)], language)
    found.add_text("vocabulary", _completable(document.site, vocabulary))
    title_words = analysis.words(title)
    for beginning in beginnings(title_words):
        found.add_text("beginnings", beginning)
    found.add_text("prefixes", " ".join(sorted({word[:n] for word in title_words for n in range(1, PREFIX + 1)})))
    found.add_json("keys", _keys(document))
    found.add_boolean("timed", document.timed)
    found.add_integer("published", seconds(document.published))
    found.add_integer("starts", seconds(document.starts))
    found.add_integer("ends", seconds(document.ends))
    found.add_text("title_order", title_order(title))
    kept = {
        "id": document.id,
        "type": document.type,
        "language": language,
        "title": title,
        "path": document.path,
        "passages": [(each.field, text) for each, text in passages],
        # Two strings are read faster than a mapping, and this is read for every hit.
        "words": " ".join(vocabulary),
        "terms": " ".join(vocabulary.values()),
    }
    found.add_bytes("source", orjson.dumps(kept))
    return found


def source(document: tantivy.Document) -> Source:
    kept = orjson.loads(document["source"][0])
    passages = tuple((field, text) for field, text in kept.pop("passages"))
    return Source(
        passages=passages, words=tuple(kept.pop("words").split()), terms=tuple(kept.pop("terms").split()), **kept
    )


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def title_order(title: str) -> str:
    """Sorts as a Norwegian reader expects.

    >>> sorted(["Ås", "Éa", "Østlandet", "Zoo", "Ærlig"], key=title_order)
    ['Éa', 'Zoo', 'Ærlig', 'Østlandet', 'Ås']
    """
    letters = unicodedata.normalize("NFC", title).casefold().translate(ALPHABET)
    plain = "".join(each for each in unicodedata.normalize("NFD", letters) if not unicodedata.combining(each))
    return " ".join(re.findall(r"[\w{|}]+", plain))[:200]


def beginnings(words: list[str]) -> list[str]:
    """
    >>> beginnings(["ny", "bru"])
    ['n', 'ny', 'ny ', 'ny b', 'ny br', 'ny bru']
    """
    whole = " ".join(words)[:BEGINNING]
    return [whole[:n] for n in range(1, len(whole) + 1)]


def _completable(site: int, vocabulary: Iterable[str]) -> str:
    words = {word.lower() for word in vocabulary}
    return " ".join(f"{site}:{word}" for word in sorted(words) if _telling(word))


def _telling(word: str) -> bool:
    return 3 <= len(word) <= analysis.MAX_TERM and not word.isdigit() and word not in STOP_WORDS


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
