"""Dates that are only as precise as what is known."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content import shapes, times
from cms.content.context import Context
from cms.content.kinds import PartialDateText
from cms.content.loader import Loader


def validate_partial_date(text: str) -> None:
    if text and not times.is_partial_date(text):
        raise ValidationError(_("Write a day, a month or a year: 2024-05-29, 2024-05 or 2024."))


class PartialDateBlock(blocks.CharBlock):
    """A day, a month or a year; null when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "max_length": 10,
                "validators": [validate_partial_date],
                "help_text": _("A day, a month or a year: 2024-05-29, 2024-05 or 2024."),
                **kwargs,
            }
        )

    def document_shape(self) -> Any:
        return shapes.PartialDate | None

    def to_document(self, value: Any, context: Context) -> str | None:
        return value or None

    def from_package(self, data: Any, loader: Loader) -> str:
        return PartialDateText().parse(data, loader)
