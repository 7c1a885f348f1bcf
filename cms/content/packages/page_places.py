"""Where in the package a finding on a page is."""

from __future__ import annotations

from cms.content.kinds import Blocks, One
from cms.content.packages import page_fields
from cms.content.validation.finding import Place
from cms.plugins.registry import ContentType


def place_of(content_type: ContentType, place: Place) -> Place:
    """
    >>> place_of(event, ("body", 2, "alt")), place_of(event, ("place", 0, "name"))
    (("body", 2, "value", "alt"), ("place", "name"))
    """
    for expose, kind in page_fields.fields(content_type):
        if place and expose.attribute == place[0]:
            if isinstance(kind, Blocks) and len(place) > 2:
                return (expose.name, place[1], "value", *place[2:])
            if isinstance(kind, One):
                return (expose.name, *place[2:])
            return (expose.name, *place[1:])
    return place
