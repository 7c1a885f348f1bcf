"""Findings inside the values of blocks and rich text.

A block of our own may implement ``findings(value)`` with places relative to itself, and ``outline_level(value)`` when
it is a heading. Wagtail's structures are walked through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.models import Page

from cms.content.validation.finding import Finding, stop, warn
from cms.content.validation.link_text import is_vague


def block_findings(block: blocks.Block, value: Any) -> Iterator[Finding]:
    if value is None:
        return
    if hasattr(block, "findings"):
        yield from block.findings(value)
    if isinstance(block, blocks.StreamBlock):
        for index, item in enumerate(value):
            yield from _within(item.block, item.value, index)
        yield from outline_findings(value)
    elif isinstance(block, blocks.ListBlock):
        for index, item in enumerate(value):
            yield from _within(block.child_block, item, index)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _within(child, value.get(name), name)
    elif isinstance(block, blocks.RichTextBlock):
        yield from rich_text_findings(value.source)


def _within(block: blocks.Block, value: Any, key: str | int) -> Iterator[Finding]:
    return (found.within(key) for found in block_findings(block, value))


def outline_findings(stream: blocks.StreamValue) -> Iterator[Finding]:
    """The page's title is level 1, so a body starts at 2 and goes down one level at a time."""
    above = 1
    for index, item in enumerate(stream):
        if not hasattr(item.block, "outline_level"):
            continue
        level = item.block.outline_level(item.value)
        if level > above + 1:
            yield warn(
                _("Level %(level)d follows level %(above)d. Use level %(right)d, so that no level is skipped.")
                % {"level": level, "above": above, "right": above + 1},
                index,
                "level",
            )
        above = level


def rich_text_findings(html: str) -> Iterator[Finding]:
    anchors = BeautifulSoup(html or "", "html.parser").find_all("a")
    targets = [str(anchor.get("id")) for anchor in anchors if anchor.get("linktype") == "page"]
    wanted = {int(target) for target in targets if target.isdigit()}
    existing = set(Page.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for anchor in anchors:
        text = " ".join(anchor.get_text().split())
        target = str(anchor.get("id", ""))
        if anchor.get("linktype") == "page" and not (target.isdigit() and int(target) in existing):
            yield stop(
                _("The link «%(text)s» leads to a page that does not exist. Choose another page or remove the link.")
                % {"text": text}
            )
        if is_vague(text):
            yield vague_link(text)


def vague_link(text: str, *place: str | int) -> Finding:
    return warn(
        _("«%(text)s» does not say where the link leads. Name the target, for example «Programme as PDF».")
        % {"text": text},
        *place,
    )
