"""The way to a finding in the words of the editing form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from wagtail import blocks

from cms.content.validation.finding import Place


def describe(page: Any, place: Place) -> str:
    """``Programme › 2 › From`` for ``("programme", 1, "start")``."""
    try:
        field = page._meta.get_field(place[0])
    except FieldDoesNotExist:
        return str(place[0])
    labels = [str(capfirst(field.verbose_name))]
    block: Any = getattr(field, "stream_block", None)
    value: Any = getattr(page, field.name, None)
    step: Any
    for step in place[1:]:
        if isinstance(block, blocks.StreamBlock):
            item = value[step]
            labels.append(f"{step + 1} {item.block.label}" if len(block.child_blocks) > 1 else str(step + 1))
            block, value = item.block, item.value
        elif isinstance(block, blocks.ListBlock):
            labels.append(str(step + 1))
            block, value = block.child_block, value[step]
        elif isinstance(block, blocks.StructBlock):
            block, value = block.child_blocks[step], value.get(step)
            labels.append(str(block.label))
    return " › ".join(labels)
