"""A document as every engine indexes it: terms, vocabulary, keys and moments, made by the one analysis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from search import analysis, letters
from search.analysis import Analysed
from search.contract import SearchDocument
from search.stopwords import STOP_WORDS

TITLE_WEIGHT = 2
BEGINNING = 40
PREFIX = 20
MAX_KEY = 1_000
NO_TERM = "."
"""In place of nothing, and never looked up: some engines rank by how many documents have a field, others by all."""

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Source:
    """What is kept of a document besides its terms.

    fields    where each of ``passages`` came from
    spelling  a line per term, of words and their parts, with the words of the texts that have it:
              ``"\\nbarnehage\\tBarnehagen\\tbarnehage\\n…\\n"``
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
            line = self.spelling.find(f"\n{term}\t")
            if line >= 0:
                end = self.spelling.index("\n", line + 1)
                found.update(self.spelling[line + len(term) + 2 : end].split("\t"))
        return found


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """Fields of text are split at spaces; each value of ``words`` and ``parts`` begins anew, so no phrase spans two.

    words       terms of title and passages, as often as they weigh; with positions
    parts       terms of compounds' parts and of other ways to say a word; with frequencies
    vocabulary  ``{site}:{word}`` for every different word as it is written, for completions
    reversed    ``{site}:{drow}``, for corrections
    folded      ``{site}:{word with fewer letters}:{word}``, for corrections
    beginnings  of the title as a whole, for suggestions; with spaces, each a term of its own
    prefixes    of each word of the title
    inside      of other beginnings to find them by: words with fewer letters, those in several pieces as one word, and
                what is left of a compound from each of its further parts on
    keys        filters and facets, whatever plugins declare; and the site
    published, starts, ends  microseconds since 1970
    """

    id: int
    version: int
    words: list[str]
    parts: list[str]
    vocabulary: list[str]
    reversed: list[str]
    folded: list[str]
    beginnings: list[str]
    prefixes: list[str]
    inside: list[str]
    keys: dict[str, list[str]]
    timed: bool
    published: int
    starts: int
    ends: int
    sort_title: str
    source: Source


def indexed(document: SearchDocument) -> IndexedDocument:
    """Raises ValueError or TypeError for what cannot be indexed."""
    language, title = document.language, analysis.normalise(document.title)
    passages = [(each, analysis.normalise(each.text)) for each in document.passages]
    spelt = [analysis.spelt(text) for text in (title, *(text for _, text in passages))]
    vocabulary = analysis.vocabulary(chain.from_iterable(spelt), language)
    times = [TITLE_WEIGHT, *(max(1, round(each.weight)) for each, _ in passages)]
    words, parts = [], []
    for spelt_words, count in zip(spelt, times, strict=True):
        words += count * [" ".join([vocabulary[word].term for word in spelt_words])]
        if found := " ".join([part for word in spelt_words for part in vocabulary[word].parts]):
            parts += count * [found]
    in_one = _in_one([title, *(text for _, text in passages)], language)
    if in_one:
        parts.append(" ".join(sorted({term for terms in in_one.values() for term in terms})))
    site, known = document.site, _correctable(vocabulary)
    title_words = analysis.words(title)
    return IndexedDocument(
        id=document.id,
        version=document.version,
        words=words if any(words) else [NO_TERM],
        parts=parts or [NO_TERM],
        vocabulary=[vocabulary_entry(site, word) for word in known],
        reversed=[vocabulary_entry(site, word[::-1]) for word in known],
        folded=[vocabulary_entry(site, f"{fold}:{word}") for word in known for fold in letters.folds(word)],
        beginnings=beginnings(title_words),
        prefixes=prefixes(title_words),
        inside=prefixes(_other_beginnings(title, title_words, language)),
        keys=_keys(document),
        timed=document.timed,
        published=instant(document.published),
        starts=instant(document.starts),
        ends=instant(document.ends),
        sort_title=key_value(document.sort_title),
        source=Source(
            document.id,
            document.type,
            language,
            title,
            document.path,
            [each.field for each, _ in passages],
            [text for _, text in passages],
            _spelling(vocabulary, in_one),
        ),
    )


def vocabulary_entry(site: int, word: str) -> str:
    return f"{site}:{word}"


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


def prefixes(words: Iterable[str]) -> list[str]:
    """
    >>> prefixes(["by", "bygg"])
    ['b', 'by', 'byg', 'bygg']
    """
    return sorted({word[:n] for word in words for n in range(1, min(len(word), PREFIX) + 1)})


def key_value(value: str) -> str:
    """As indexed and as looked up: whole, without what UTF-8 cannot hold."""
    return value.encode("utf-8", "replace").decode()[:MAX_KEY]


def _other_beginnings(title: str, words: list[str], language: str) -> Iterator[str]:
    others = [*analysis.joined(title), *(rest for word in words for rest in analysis.rests(word, language))]
    yield from others
    for word in (*words, *others):
        yield from letters.folds(word)


def _in_one(texts: Iterable[str], language: str) -> dict[str, tuple[str, ...]]:
    """Words in several pieces as they stand in the texts, each with the terms of what it is in one."""
    found = {word for text in texts for word in analysis.in_pieces(text)}
    return {word: analysis.analysed(analysis.in_one(word), language).without_parts for word in sorted(found)}


def _spelling(vocabulary: dict[str, Analysed], in_one: dict[str, tuple[str, ...]]) -> str:
    lines: dict[str, str] = {}
    all_terms = {word: (found.term, *found.parts) for word, found in vocabulary.items()}
    for word, terms in (*all_terms.items(), *in_one.items()):
        for term in dict.fromkeys(terms):
            lines[term] = f"{lines.get(term, term)}\t{word}"
    return "\n".join(["", *lines.values(), ""])


def _correctable(vocabulary: Iterable[str]) -> list[str]:
    words = {word.lower() for word in vocabulary}
    return sorted(word for word in words if len(word) > 2 and not word.isdigit() and word not in STOP_WORDS)


def _keys(document: SearchDocument) -> dict[str, list[str]]:
    found = {"site": [str(document.site)]}
    for name, values in document.keys.items():
        if name == "site" or not FIELD_NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be the name of a key")
        found[name] = [key_value(value) for value in values]
    return found
