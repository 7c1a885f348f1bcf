"""Block values → the content package: what ``convert.parse`` reads back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail import blocks

from cms.content import rich_text
from cms.content.blocks import convert
from cms.content.context import Context


def to_package(block: blocks.Block, value: Any, context: Context) -> Any:
    """The package's form of a value; None when what it shows is not in the package.

    A block says it itself (``to_package``) where neither its JSON nor its parts tell everything that an editor chose.
    """
    if hasattr(block, "to_package"):
        return block.to_package(value, context)
    if hasattr(block, "to_document") and hasattr(block, "from_package"):
        return block.to_document(value, context)
    for cls in type(block).__mro__:
        if cls in PACKED:
            return PACKED[cls](block, value, context)
    return convert.render(block, value, context)


def pack_struct(block: Any, value: Any, context: Context) -> dict[str, Any]:
    return {name: to_package(child, value.get(name), context) for name, child in block.child_blocks.items()}


def pack_list(block: Any, value: Any, context: Context) -> list[Any]:
    packed = (to_package(block.child_block, item, context) for item in value or [])
    return [item for item in packed if item is not None]


def pack_stream(block: Any, value: Any, context: Context) -> list[dict[str, Any]]:
    packed = (
        {"id": child.id or "", "type": child.block_type, "value": to_package(child.block, child.value, context)}
        for child in value or []
    )
    return [item for item in packed if item["value"] is not None]


PACKED: dict[type[blocks.Block], Callable[[Any, Any, Context], Any]] = {
    blocks.RichTextBlock: lambda block, value, context: rich_text.to_package(value.source if value else "", context),
    blocks.StructBlock: pack_struct,
    blocks.ListBlock: pack_list,
    blocks.StreamBlock: pack_stream,
    blocks.PageChooserBlock: lambda block, value, context: context.path_of(value.pk) if value else None,
}
