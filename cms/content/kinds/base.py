"""What every kind does unless it says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from cms.content.context import Context
from cms.content.loader import Loader
from cms.plugins.spec import Key


class BaseKind:
    whole_page = False
    """True for a kind that reads the page and no attribute of its own."""

    derived = False
    """True for a value that is made at publishing and ignored in package input."""

    def bind(self, field: models.Field[Any, Any] | None) -> Self:
        """The kind for one model field (None where the attribute is no field)."""
        return self

    def shape(self) -> Any:
        raise NotImplementedError

    def render(self, page: Any, source: str, context: Context) -> Any:
        return self.to_json(getattr(page, source), context)

    def to_json(self, value: Any, context: Context) -> Any:
        return value

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        return ()

    def to_package(self, page: Any, source: str, context: Context) -> Any:
        """What ``parse`` reads back, for the content package."""
        return self.render(page, source, context)

    def parse(self, value: Any, loader: Loader) -> Any:
        return value

    def assign(self, page: Any, source: str, value: Any) -> None:
        setattr(page, source, value)
