"""Which content types have calendars: those that are events, and those that list dates."""

from __future__ import annotations

from collections.abc import Iterator

from cms.plugins import registry
from cms.plugins.registry import ContentType

GATHERINGS = "gatherings"
"""The key of documents that list dates, each perhaps with an event page."""


def is_event(content_type: ContentType) -> bool:
    return content_type.spec.schema_org == "Event"


def has_calendar(content_type: ContentType) -> bool:
    """Whether each page of the type has one."""
    return is_event(content_type) or any(expose.name == GATHERINGS for expose in content_type.spec.fields)


def paths_of(type_: str, page_id: int) -> Iterator[str]:
    """Of the calendars that a page may be in, as far as its type tells."""
    content_type = registry.content_types().get(type_)
    if content_type is None:
        return
    plural = content_type.spec.plural
    if is_event(content_type):
        yield f"/calendar/{plural}.ics"
    if has_calendar(content_type):
        yield f"/calendar/{plural}/{page_id}.ics"
