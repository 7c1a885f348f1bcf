"""Where a shape holds another page's summary: its type is the union of every content type's summary."""

from __future__ import annotations

from typing import Literal, TypedDict

from cms.content import shapes


class Summary(TypedDict):
    """What every type's summary has; the types' own summaries add to it."""

    id: int
    type: shapes.Code
    locale: shapes.Code
    language: shapes.Code
    title: str
    path: shapes.Path
    url: shapes.Url
    api_url: shapes.Url
    summary: str
    image: shapes.Image | None
    first_published_at: shapes.Instant | None
    last_published_at: shapes.Instant | None


class RelatedSummary(Summary):
    reason: Literal["chosen", "linked"]
