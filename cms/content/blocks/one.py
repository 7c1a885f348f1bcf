"""A part of a block that may be left out as a whole: a place, a picture."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

from cms.content.blocks import convert, packing
from cms.content.context import Context
from cms.content.loader import Loader


class OneBlock(blocks.StreamBlock):
    """At most one value of one block. Its JSON is that value, or null."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **{"required": False, "max_num": 1, **kwargs})

    @property
    def only(self) -> tuple[str, blocks.Block]:
        return next(iter(self.child_blocks.items()))

    def document_shape(self) -> Any:
        return convert.shape(self.only[1]) | None

    def to_document(self, value: Any, context: Context) -> Any:
        for child in value or []:
            return convert.render(child.block, child.value, context)
        return None

    def to_package(self, value: Any, context: Context) -> Any:
        for child in value or []:
            return packing.to_package(child.block, child.value, context)
        return None

    def from_package(self, data: Any, loader: Loader) -> list[dict[str, Any]]:
        name, block = self.only
        return [] if data is None else [{"type": name, "value": convert.parse(block, data, loader)}]
