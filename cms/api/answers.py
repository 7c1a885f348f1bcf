"""Shapes of the answers that are not documents."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from cms.content import shapes, summary_shape

Count = Annotated[int, "Counts every match."]


class TypeEntry(TypedDict):
    type: shapes.Code
    plural: shapes.Code
    url: shapes.Url
    plugin: shapes.Code


class Root(TypedDict):
    """Where everything is; ``links`` by name."""

    links: dict[str, shapes.Url]
    types: list[TypeEntry]


class ResolvedRedirect(TypedDict):
    kind: Literal["redirect"]
    location: shapes.Url
    permanent: bool


class FacetValue(TypedDict):
    value: shapes.Code
    label: str
    count: int
    selected: bool


class Facet(TypedDict):
    """Counts by value, most frequent first, at most 50 and the selected ones; ``more`` where there are others."""

    label: str
    values: list[FacetValue]
    more: bool


class Highlight(TypedDict):
    """HTML-escaped texts in which ``<mark>`` is the only tag; ``title`` is null where none of its words matched."""

    title: shapes.Html | None
    body: list[shapes.Html]


Pinned = Annotated[bool, "Whether communicators put it first for these words."]


class Scored(TypedDict):
    """What a hit has besides its summary."""

    score: float
    pinned: Pinned
    highlight: Highlight


class Hit(summary_shape.Summary):
    """Stands for a summary with its score and highlight."""

    score: float
    pinned: Pinned
    highlight: Highlight


class Broader(TypedDict):
    """A parameter of the request, and how many results there would be without it."""

    parameter: shapes.Code
    total: Count


class SearchResult(TypedDict):
    """``did_you_mean`` is a better spelling or null; ``degraded`` says that a weaker engine answered.

    ``broader``: where there are no results, parameters that could be left out, the most results first; otherwise empty.
    """

    query: str
    total: Count
    results: list[Hit]
    facets: dict[str, Facet]
    did_you_mean: str | None
    broader: list[Broader]
    next: shapes.Url | None
    engine: shapes.Code
    degraded: bool


class SuggestedPage(TypedDict):
    id: int
    type: shapes.Code
    title: str
    path: shapes.Path
    url: shapes.Url


class SuggestResult(TypedDict):
    """Pages whose title continues the text, and words that do."""

    query: str
    pages: list[SuggestedPage]
    completions: list[str]
    engine: shapes.Code
    degraded: bool


class ChangeEntry(TypedDict):
    """One entry of the log. ``id``, ``type``, ``locale`` and ``version`` are null unless it is about a page.

    ``path`` is the page's path, for a redirect the path that redirects. ``api_url`` answers with the present state.
    """

    cursor: shapes.Code
    kind: Literal["published", "updated", "moved", "removed", "redirect", "navigation", "site"]
    id: int | None
    type: shapes.Code | None
    locale: shapes.Code | None
    path: shapes.Path | None
    previous_path: shapes.Path | None
    version: int | None
    at: shapes.Instant | None
    api_url: shapes.Url


class ChangeFeed(TypedDict):
    """Keep ``cursor`` and ask again with ``after``; ``next`` is null once there is nothing more for now."""

    results: list[ChangeEntry]
    cursor: shapes.Code
    next: shapes.Url | None


class Fault(TypedDict):
    """``parameter`` as it was given; ``hint`` says what would work."""

    parameter: shapes.Code
    detail: shapes.Code
    hint: shapes.Code


class Problem(TypedDict):
    """RFC 9457. ``type`` is stable and leads to an explanation."""

    type: shapes.Url
    title: shapes.Code
    status: int
    detail: shapes.Code
    errors: list[Fault]


class GoneProblem(Problem):
    """A page that was public: drop your copy."""

    id: int
    content_type: shapes.Code
    path: shapes.Path
    removed_at: shapes.Instant


class Health(TypedDict):
    status: Literal["ok"]


class Readiness(TypedDict):
    """``lag``: changes that each follower of the log has not taken yet.

    ``indexes``: ``ok`` or what is wrong with the search index and with the one that stands by for it; one is enough.
    """

    status: Literal["ok"]
    checks: dict[str, shapes.Code]
    indexes: dict[str, shapes.Code]
    lag: dict[str, int]
