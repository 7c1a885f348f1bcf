"""The blocks that a page's body is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.data import FiguresBlock, TableBlock
from cms.content.blocks.links import LinkBlockBlock
from cms.content.blocks.media import DocumentBlock, EmbedBlock, GalleryBlock, ImageBlock
from cms.content.blocks.pages import CardsBlock, ListingBlock
from cms.content.blocks.people import ContactsBlock
from cms.content.blocks.text import (
    AccordionBlock,
    DeadlineBlock,
    FactBoxBlock,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
)
from cms.content.fields import BlocksField

BODY_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("quote", QuoteBlock()),
    ("fact_box", FactBoxBlock()),
    ("accordion", AccordionBlock()),
    ("deadline", DeadlineBlock()),
    ("image", ImageBlock()),
    ("gallery", GalleryBlock()),
    ("embed", EmbedBlock()),
    ("document", DocumentBlock()),
    ("link_block", LinkBlockBlock()),
    ("cards", CardsBlock()),
    ("listing", ListingBlock()),
    ("contacts", ContactsBlock()),
    ("table", TableBlock()),
    ("figures", FiguresBlock()),
]


def body_field() -> BlocksField:
    return BlocksField(BODY_BLOCKS, verbose_name=_("content"), blank=True)
