"""How fields of a page become JSON. Plugin authors name these in ``Expose(kind=…)`` where the default does not fit."""

from cms.content.kinds.base import BaseKind
from cms.content.kinds.relations import PageSummary, RelatedPages, Topics
from cms.content.kinds.scalars import (
    Choice,
    Date,
    DateOrInstant,
    Flag,
    Moment,
    Number,
    PartialDateText,
    Period,
    RichTextKind,
    Text,
    UrlText,
)
from cms.content.kinds.streams import Blocks, Counties, Items, Municipalities, One, PlaceKind, Texts

__all__ = [
    "BaseKind",
    "Blocks",
    "Choice",
    "Counties",
    "Date",
    "DateOrInstant",
    "Flag",
    "Items",
    "Moment",
    "Municipalities",
    "Number",
    "One",
    "PageSummary",
    "PartialDateText",
    "Period",
    "PlaceKind",
    "RelatedPages",
    "RichTextKind",
    "Text",
    "Texts",
    "Topics",
    "UrlText",
]
