"""A kind of its own: a value that no field holds, filtered by its year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cms.content import shapes
from cms.content.context import Context
from cms.content.kinds import BaseKind
from cms.plugins.registry import plugin_settings
from cms.plugins.spec import Key


class Reference(BaseKind):
    """``VAC-2026-17``, from the year in which the vacancy opens; answers the filter ``opening_year``."""

    whole_page = True
    derived = True

    def shape(self) -> Any:
        return shapes.Code

    def render(self, page: Any, source: str, context: Context) -> str:
        year = page.opens.year if page.opens else 0
        return f"{plugin_settings('library').reference_prefix}-{year:04}-{page.number or 0}"

    def keys(self, value: str, fields: tuple[str, ...]) -> Iterable[Key]:
        year = value.split("-")[-2]
        return [Key(name, year, year) for name in fields] if year != "0000" else ()
