"""What goes into a search engine and what comes out. Pure: no Django, no engine.

Everything here is text and numbers. Which terms a text becomes is decided in ``search.analysis`` for all engines alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from search.explanation import Explanation
from search.rules import NO_RULES, Rules

Order = Literal["relevance", "newest", "oldest", "title", "soonest", "latest"]
When = Literal["past", "now", "upcoming"]

MAX_LIMIT = 100
MAX_OFFSET = 10_000
FACET_VALUES = 50


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document's text that is read as one: a paragraph, a caption, a table cell.

    field   the key of the detail document that it came from: ``summary``, ``body``, ``programme``
    text    plain text, NFC
    weight  how much its words count; engines write them ``round(weight)`` times, at least once
    """

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A published page as an engine indexes it.

    version     of the published document; an older one never replaces a newer one
    keys        filter and facet values, ``{"topic": ("skole",), "year": ("2024",)}``; no field called ``site``
    sort_title  what ``title`` goes by, compared letter by letter
    published   what ``newest`` and ``oldest`` go by
    starts      the page's date: an event's start, otherwise when it was published
    ends        an event's end, otherwise ``starts``
    timed       whether the page has dates of its own; ``when`` finds no other page
    """

    id: int
    version: int
    site: int
    type: str
    language: str
    path: str
    title: str
    sort_title: str
    passages: tuple[Passage, ...]
    keys: Mapping[str, tuple[str, ...]]
    published: datetime
    starts: datetime
    ends: datetime
    timed: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question of a visitor.

    text        words, "phrases" and -exclusions; empty: everything that passes the filters
    keys        ``(("topic", ("skole", "barnehage")), ("year", ("2024",)))``: OR within a field, AND between fields
    when        past: over by ``now``; now: begun and not over; upcoming: not begun; OR between several
    date_from   first and last day, inclusive, Europe/Oslo; a page passes when its dates overlap them
    order       ties by id, in the same direction; None: relevance when there is something to rank by, otherwise newest
    facets      fields to count, each over everything but its own filter
    similar_to  id of a document: find others like it
    recency     what recent pages gain in an order by relevance: 0.2 a fifth of their score, half of it after a year
    rules       synonyms, pinned and hidden pages of the site; whoever asks need not know of them (search.service)
    """

    site: int
    text: str = ""
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    when: tuple[When, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    order: Order | None = None
    limit: int = 20
    offset: int = 0
    facets: tuple[str, ...] = ()
    similar_to: int | None = None
    recency: float = 0.0
    now: datetime | None = None
    rules: Rules = field(default=NO_RULES, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            raise ValueError(f"limit {self.limit} is not within 1 to {MAX_LIMIT}")
        if not 0 <= self.offset <= MAX_OFFSET:
            raise ValueError(f"offset {self.offset} is not within 0 to {MAX_OFFSET}")

    @property
    def ranked(self) -> bool:
        """Whether there is something to rank by."""
        return bool(self.text.strip()) or self.similar_to is not None


@dataclass(frozen=True, slots=True)
class Highlight:
    """HTML-escaped texts in which ``<mark>`` is the only tag.

    title  None when no word of the title matched
    body   at most three fragments, in the order of the page
    """

    title: str | None = None
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """
    version  of the document that was indexed; a highlight shows what that said
    pinned   it is first because communicators put it there
    """

    id: int
    version: int
    score: float
    highlight: Highlight = Highlight()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts by value, most frequent first, ties by value; values that the query selects are always there.

    more  whether there are further values
    """

    values: tuple[tuple[str, int], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Broader:
    """``total`` hits without one part of the query: a key's field, ``when``, ``date_from`` or ``date_to``."""

    field: str
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` counts every match, ``hits`` holds the page asked for.

    did_you_mean  the text as it may have been meant; None where asking so would find nothing more
    broader       where nothing was found: what could be left out, the most hits first
    degraded      whether the standby answered for the engine in use
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    did_you_mean: str | None = None
    broader: tuple[Broader, ...] = ()
    engine: str = ""
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class PageSuggestion:
    id: int
    type: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    pages: tuple[PageSuggestion, ...] = ()
    completions: tuple[str, ...] = ()
    engine: str = ""
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch.

    outdated  ids left alone because what is indexed is newer
    failed    ids that could not be indexed, with the reason; the rest of the batch was written
    """

    outdated: frozenset[int] = frozenset()
    failed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a generation.

    name         no other generation of the engine ever has it
    documents    how many it holds, of all sites
    fingerprint  of the fields, the analysis and the vectors that it was made by
    """

    name: str
    documents: int
    fingerprint: str


class SearchError(Exception):
    """The engine cannot answer now; nothing is said about whether anything matches."""


class EngineUnavailable(SearchError):
    """Try again later: the engine does not answer, or another process is writing."""


class IndexMissing(SearchError):
    """There is no index yet, or one that this version cannot read; a build makes one."""


class Generation(Protocol):
    """One generation of an index, to read: safe from many threads and processes.

    Everything raises IndexMissing and EngineUnavailable.
    """

    def search(self, query: SearchQuery) -> Answer: ...

    def suggest(self, site: int, text: str, limit: int) -> Suggestions:
        """Pages whose title continues the text, and words that do."""

    def explain(self, query: SearchQuery, id: int) -> Explanation:
        """Why a document is among the results, or is not."""

    def versions(self) -> dict[int, int]:
        """Id and version of everything indexed."""

    def state(self) -> State: ...


class Engine(Generation, Protocol):
    """A search backend. As a generation it is the one in use; a candidate to replace that may be filled beside it.

    Writing is for one process at a time. What is being written when the process dies has to be written again; nothing
    that was written before is lost, and neither is the candidate.

    remote  whether it is asked over a network, and may keep one waiting
    """

    name: str
    remote: bool

    def fingerprint(self) -> str:
        """Of today's fields and analysis, and of who makes vectors, if anybody does."""

    def is_current(self) -> bool:
        """Whether there is an index in use that today's fields and analysis made."""

    def lock(self) -> None:
        """Makes this process the one that writes. Raises EngineUnavailable while another one is.

        Who locks before reading what it is going to write cannot overwrite newer with older.
        """

    def write(
        self,
        documents: Sequence[SearchDocument],
        removed: Mapping[int, int] | None = None,
        *,
        force: bool = False,
    ) -> Written:
        """Adds, replaces and removes, in the index in use and in the candidate: in whichever of them there are.

        ``removed``: id → version of the tombstone. A newer version stays; ``force`` replaces and removes that as well,
        for a database that was restored from a backup. Raises IndexMissing when there is neither index,
        EngineUnavailable; then all of it has to be written again.
        """

    def candidate(self) -> Generation | None:
        """The generation that is being filled; None where there is none, or none that can be used today."""

    def begin(self) -> None:
        """Makes an empty candidate; one that was there before is gone."""

    def fill(self, documents: Sequence[SearchDocument]) -> Mapping[int, str]:
        """Adds to the candidate what it does not have in this version or a newer one, and was not removed since.

        Returns the ids that could not be indexed, with the reason. Raises IndexMissing without a candidate.
        """

    def switch(self) -> None:
        """Takes the candidate into use in one step, and removes the index that was. Raises IndexMissing without one."""

    def drop(self) -> None:
        """Removes the candidate, if there is one."""

    def close(self) -> None:
        """Lets others write."""


def build(engine: Engine, batches: Iterable[Sequence[SearchDocument]]) -> Mapping[int, str]:
    """Makes and takes into use a new generation at once. Returns the ids that could not be indexed, with the reason."""
    failed: dict[int, str] = {}
    engine.begin()
    for batch in batches:
        failed |= engine.fill(batch)
    engine.switch()
    return failed
