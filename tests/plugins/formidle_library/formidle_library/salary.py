"""A block with a JSON of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from wagtail import blocks

from cms.content.blocks import convert
from cms.content.context import Context
from cms.content.loader import Loader
from cms.content.validation import Finding, stop

UNITS = [("year", "a year"), ("hour", "an hour")]


class SalaryRange(TypedDict):
    """Norwegian kroner, before tax."""

    least: int | None
    most: int | None


class Salary(TypedDict):
    range: SalaryRange
    unit: Literal["year", "hour"]
    text: str


class SalaryBlock(blocks.StructBlock):
    least = blocks.IntegerBlock(label="From", required=False, min_value=0)
    most = blocks.IntegerBlock(label="To", required=False, min_value=0)
    unit = blocks.ChoiceBlock(label="For", choices=UNITS, default="year")
    text = blocks.CharBlock(label="About it", required=False, max_length=255)

    class Meta:
        icon = "tag"
        label = "Salary"

    def document_shape(self) -> Any:
        return Salary

    def to_document(self, value: Any, context: Context) -> Salary:
        return {
            "range": {"least": value["least"], "most": value["most"]},
            "unit": value["unit"] or "year",
            "text": value["text"] or "",
        }

    def from_package(self, data: Any, loader: Loader) -> Any:
        if isinstance(data, dict) and isinstance(data.get("range"), dict):
            data = {**data["range"], **{key: each for key, each in data.items() if key != "range"}}
        return convert.parse_struct(self, data, loader)

    def findings(self, value: Any) -> Iterator[Finding]:
        if value["least"] and value["most"] and value["most"] < value["least"]:
            yield stop("The highest salary is lower than the lowest.", "most")
