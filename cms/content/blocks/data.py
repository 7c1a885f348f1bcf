"""Tables and key figures."""

from __future__ import annotations

from typing import Any, TypedDict

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock

from cms.content.context import Context
from cms.content.loader import Loader


class TableValue(TypedDict):
    caption: str
    header_row: bool
    header_column: bool
    rows: list[list[str]]


class TableBlock(WagtailTableBlock):
    """Wagtail's table editor; caption and headers are its own fields."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"table_options": {"contextMenu": True}, **kwargs})

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Figures")

    def document_shape(self) -> Any:
        return TableValue

    def to_document(self, value: Any, context: Context) -> TableValue | None:
        if not value:
            return None
        rows = [[str(cell or "") for cell in row] for row in value.get("data") or []]
        return {
            "caption": value.get("table_caption") or "",
            "header_row": bool(value.get("first_row_is_table_header")),
            "header_column": bool(value.get("first_col_is_header")),
            "rows": rows,
        }

    def from_package(self, data: Any, loader: Loader) -> Any:
        if not isinstance(data, dict):
            loader.fault("a table is {caption, header_row, header_column, rows}")
            return None
        for unknown in sorted(set(data) - set(TableValue.__annotations__)):
            with loader.at(unknown):
                loader.fault(f"unknown key; known are {', '.join(TableValue.__annotations__)}")
        for name, type_ in (("caption", str), ("header_row", bool), ("header_column", bool)):
            if not isinstance(data.get(name), type_ | None):
                with loader.at(name):
                    loader.fault(f"expected a {'text' if type_ is str else 'true or false'}, got {data[name]!r}")
        rows = data.get("rows")
        if not isinstance(rows, list) or not all(
            isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
        ):
            with loader.at("rows"):
                loader.fault("rows are lists of texts")
            return None
        if len({len(row) for row in rows}) > 1:
            with loader.at("rows"):
                loader.fault("every row needs the same number of cells")
        row_header, column_header = bool(data.get("header_row")), bool(data.get("header_column"))
        return {
            "data": rows,
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": row_header,
            "first_col_is_header": column_header,
            "table_header_choice": {
                (True, True): "both",
                (True, False): "row",
                (False, True): "column",
                (False, False): "neither",
            }[row_header, column_header],
            "table_caption": data.get("caption") or "",
        }


class Figure(TypedDict):
    value: str
    label: str
    source: str


class FiguresValue(TypedDict):
    items: list[Figure]


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=40, help_text=_("For example 46 or 1,2 %."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=255)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "order"
        label = _("Figure")

    def document_shape(self) -> Any:
        return Figure


class FiguresBlock(blocks.StructBlock):
    items = blocks.ListBlock(FigureBlock(), label=_("Figures"))

    class Meta:
        icon = "order"
        label = _("Key figures")
        group = _("Figures")

    def document_shape(self) -> Any:
        return FiguresValue
