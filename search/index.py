"""What an engine shows of its index. All that makes an answer of it is shared: search.answering, search.suggesting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.clauses import Clause, TextField
from search.contract import Order
from search.indexed import Source


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    key  score, or the value of the field that the order goes by; comparable among the hits of one answer
    ref  where the engine has the rest of the document
    """

    id: int
    version: int
    key: Any
    ref: Any


@dataclass(frozen=True, slots=True)
class Found:
    """
    counts  by facet, how many of its documents have each value; in any order, never cut
    held    those of the terms asked for that any document has, as a word or as a part of one
    """

    total: int
    ranked: list[Ranked]
    counts: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    held: Set[str] = frozenset()


class Index(Protocol):
    """One state of an index. May raise IndexMissing and EngineUnavailable anywhere."""

    def find(
        self, clause: Clause, order: Order, limit: int, facets: Mapping[str, Clause], terms: Collection[str] = ()
    ) -> Found:
        """The first ``limit`` documents in an order, ties in any.

        ``facets``: the documents that each counts over. ``terms``: of which it is told whether any document has them.
        """

    def sources(self, ranked: Sequence[Ranked]) -> list[Source]:
        """What is kept of documents just found, in their order."""

    def similarities(self, ranked: Sequence[Ranked], vector: Sequence[float]) -> Mapping[int, float]:
        """Id → cosine of the angle between its vector and this one, of documents just found that have one."""

    def size(self) -> int:
        """How many documents there are, of all sites."""

    def holders(self, terms: Collection[str], fields: Sequence[TextField]) -> Mapping[str, int]:
        """How many documents have each term in the field that most have it in; those that none has may be left out."""

    def near(self, site: int, word: str, faults: int) -> Iterable[tuple[str, int]]:
        """Words of a site, as written in lower case, with how many documents have them.

        At least those that differ from the word in so many letters and begin or end as it does (``spelling.ends``).
        """

    def folded(self, site: int, word: str) -> Iterable[tuple[str, int]]:
        """Words that are written so with fewer letters (``letters.folds``)."""

    def completions(self, site: int, beginnings: Collection[str], within: Clause | None, limit: int) -> Sequence[str]:
        """Words that begin in one of these ways, by how many documents (of ``within``) have them; ties by letter.

        Of ``beginnings`` there may be hundreds, most of which no word has. Removed documents may still count, but a
        word that only they have is left out.
        """

    def live(self, site: int, words: Collection[str]) -> Collection[str]:
        """Those of the words that a document has now; ``near`` and ``folded`` may tell of removed ones too."""


def held(holders: Mapping[str, int]) -> Set[str]:
    """Those of the terms that any document has; ``holders`` as ``Index.holders`` gives them."""
    return {term for term, count in holders.items() if count}
