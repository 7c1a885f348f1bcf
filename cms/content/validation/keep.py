"""Drafts keep what was typed, right or wrong, as long as it can be stored at all."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from cms.content.validation.finding import Finding, stop

TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.EmailBlock, blocks.URLBlock, blocks.RegexBlock)

strictness = threading.RLock()
"""Wagtail relaxes the block definitions themselves while a draft is cleaned, and all threads share those. Whoever
cleans blocks holds this, or one editor's draft would let another's faults through."""


class Kept(NamedTuple):
    value: Any
    faults: list[Finding]
    """What cannot be stored: a date that is no date. In ``value`` it is missing."""


def keep(block: blocks.Block, value: Any) -> Kept:
    """A value fresh from the form, cleaned as far as it goes."""
    with strictness:
        block.defer_required_validation()
        try:
            return _keep(block, value)
        finally:
            block.restore_deferred_validation()


def _keep(block: blocks.Block, value: Any) -> Kept:
    faults: list[Finding] = []

    def inner(child: blocks.Block, item: Any, key: str | int) -> Any:
        kept = _keep(child, item)
        faults.extend(found.within(key) for found in kept.faults)
        return kept.value

    if isinstance(block, blocks.StreamBlock):
        items = [(item.block_type, inner(item.block, item.value, i), item.id) for i, item in enumerate(value)]
        return Kept(blocks.StreamValue(block, items), faults)
    if isinstance(block, blocks.ListBlock):
        children = [
            ListValue.ListChild(block.child_block, inner(block.child_block, item.value, i), id=item.id)
            for i, item in enumerate(block.normalize(value).bound_blocks)
        ]
        return Kept(ListValue(block, bound_blocks=children), faults)
    if isinstance(block, blocks.StructBlock):
        fields = {name: inner(child, value.get(name), name) for name, child in block.child_blocks.items()}
        return Kept(block.normalize(fields), faults)
    try:
        return Kept(block.clean(value), [])
    except ValidationError as error:
        if isinstance(block, TEXTS) and isinstance(value, str):
            return Kept(value, [])
        return Kept(None, [stop(message) for message in error.messages])
