"""Fills every field of a page type, and every block of every kind in it, with words of their own.

New fields and blocks, of plugins too, are filled without being named here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import singledispatchmethod
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from articles.dates import PartialDateBlock
from cms.content.blocks.links import LinkBlock
from cms.content.blocks.pages import QueryBlock
from cms.content.blocks.people import MunicipalityBlock
from cms.content.times import OSLO

SHARED = ("title", "slug", "seo_title", "search_description")
PARTIAL_DATES = ("period_start", "period_end")


class Filler:
    """``word(place)`` makes the word of a place, ``body quote role`` for instance. Pictures and files are the same
    everywhere; ``year`` and ``municipality`` are marks as well, where nothing else has them."""

    def __init__(self, word: Callable[[str], str], *, image: int, document: int, year: int, municipality: str) -> None:
        self.word = word
        self.image = image
        self.document = document
        self.year = year
        self.municipality = municipality
        self._links = 0

    def values(self, model: type[Page]) -> dict[str, Any]:
        return {field.name: value for field in _own_fields(model) if (value := self._value(field)) is not None}

    def _value(self, field: Any) -> Any:
        name = field.name
        match field:
            case StreamField():
                return json.dumps(self._stream(field.stream_block, name))
            case RichTextField():
                return f"<p>{self.word(name)}</p>"
            case models.URLField():
                return f"https://example.org/{self.word(name)}"
            case models.DateTimeField():
                start = datetime(self.year, 3, 1, 9, tzinfo=OSLO)
                return start + timedelta(hours=8) if name == "end" else start
            case models.CharField() | models.TextField() if name in PARTIAL_DATES:
                return str(self.year)
            case models.CharField() | models.TextField() if not field.choices:
                return self.word(name)
        return None

    # -- blocks ------------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def block(self, block: Any, place: str) -> Any:
        raise TypeError(f"{type(block).__name__}: say how it is filled")

    @block.register(blocks.CharBlock)
    @block.register(blocks.TextBlock)
    def _text(self, block: Any, place: str) -> Any:
        return self.word(place)

    @block.register
    def _rich_text(self, block: blocks.RichTextBlock, place: str) -> Any:
        return f"<p>{self.word(place)} <b>{self.word(f'{place} bold')}</b></p>"

    @block.register
    def _url(self, block: blocks.URLBlock, place: str) -> Any:
        return f"https://example.org/{self.word(place)}"

    @block.register
    def _email(self, block: blocks.EmailBlock, place: str) -> Any:
        return f"{self.word(place)}@example.org"

    @block.register
    def _choice(self, block: blocks.ChoiceBlock, place: str) -> Any:
        return block.get_default()

    @block.register
    def _choices(self, block: blocks.MultipleChoiceBlock, place: str) -> Any:
        return []

    @block.register
    def _municipality(self, block: MunicipalityBlock, place: str) -> Any:
        return self.municipality

    @block.register
    def _partial_date(self, block: PartialDateBlock, place: str) -> Any:
        return str(self.year)

    @block.register(blocks.IntegerBlock)
    def _number(self, block: Any, place: str) -> Any:
        return 3

    @block.register(blocks.BooleanBlock)
    def _flag(self, block: Any, place: str) -> Any:
        return False

    @block.register
    def _day(self, block: blocks.DateBlock, place: str) -> Any:
        return f"{self.year}-03-01"

    @block.register
    def _clock(self, block: blocks.TimeBlock, place: str) -> Any:
        return "10:00"

    @block.register
    def _instant(self, block: blocks.DateTimeBlock, place: str) -> Any:
        return f"{self.year}-03-01T09:00:00+01:00"

    @block.register
    def _image(self, block: ImageChooserBlock, place: str) -> Any:
        return self.image

    @block.register
    def _document(self, block: DocumentChooserBlock, place: str) -> Any:
        return self.document

    @block.register
    def _page(self, block: blocks.PageChooserBlock, place: str) -> Any:
        return None

    @block.register
    def _table(self, block: TableBlock, place: str) -> Any:
        rows = [[self.word(f"{place} header")], [self.word(f"{place} cell")]]
        return {
            "data": rows,
            "first_row_is_table_header": True,
            "table_header_choice": "row",
            "table_caption": self.word(f"{place} caption"),
        }

    @block.register
    def _link(self, block: LinkBlock, place: str) -> Any:
        """To one of its kinds of targets: another one each time."""
        chosen = ("url", "email")[self._links % 2]
        self._links += 1
        filled = {name: self.block(block.child_blocks[name], f"{place} {name}") for name in ("title", chosen)}
        return {"page": None, "document": None, "url": "", "email": "", "phone": "", **filled}

    @block.register
    def _query(self, block: QueryBlock, place: str) -> Any:
        asked = ("types", "order", "when", "topic", "municipality", "under")
        return {
            name: self.block(each, f"{place} {name}") for name, each in block.child_blocks.items() if name not in asked
        }

    @block.register
    def _struct(self, block: blocks.StructBlock, place: str) -> Any:
        return {name: self.block(child, f"{place} {name}") for name, child in block.child_blocks.items()}

    @block.register
    def _list(self, block: blocks.ListBlock, place: str) -> Any:
        return [self.block(block.child_block, place)]

    @block.register
    def _stream(self, block: blocks.StreamBlock, place: str) -> Any:
        return [
            {"type": name, "value": self.block(child, f"{place} {name}"), "id": f"{place} {name}"[-36:]}
            for name, child in block.child_blocks.items()
            if name != "page"  # a chosen page: relations have their own tests
        ]


def _own_fields(model: Any) -> Iterator[Any]:
    """What editors write: of Wagtail's own fields only some."""
    core = {field.name for field in Page._meta.get_fields()} - set(SHARED)
    for field in model._meta.concrete_fields:
        if field.name not in core and not field.is_relation:
            yield field
