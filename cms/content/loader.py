"""What turning package input into a page's values may ask for: the inverse of ``cms.content.context``."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol


class Places(Protocol):
    """Knows where in the package one is reading, and gathers what is wrong there."""

    def at(self, place: str | int) -> AbstractContextManager[None]:
        """``with loader.at("programme"), loader.at(0), loader.at("start")`` → ``programme[0].start``."""

    def fault(self, message: str) -> None:
        """Records what is wrong at the present place; the import then changes nothing."""


class Loader(Places, Protocol):
    """Knows the package's keys and the site's pages as well."""

    def page(self, path: str, model: type[Any] | None = None) -> int | None:
        """Id of the page at a path (in the package or on the site); records a fault when there is none of the model."""

    def image(self, key: str) -> int | None: ...

    def document(self, key: str) -> int | None: ...

    def topic(self, label: str) -> int | None:
        """Id of the topic with this label or slug; made when missing."""
