"""What the values of a package refer to: pages by path, images and documents by key, topics by label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from cms.content.packages.faults import Faults
from cms.content.packages.site_tree import SitePage, normal
from cms.content.topics import topic_slug

LONGEST_TOPIC = 100


class References:
    """The loader that kinds and blocks ask. While a package is only being checked, the ids are of no use.

    A mapping that is None could not be read: whatever is asked of it may be right.
    """

    def __init__(
        self,
        faults: Faults,
        pages: Mapping[str, SitePage] | None,
        images: Mapping[str, int] | None,
        documents: Mapping[str, int] | None,
        topic_id: Callable[[str], int],
    ) -> None:
        self._faults = faults
        self._pages = pages
        self._images = images
        self._documents = documents
        self._topic_id = topic_id

    def at(self, place: str | int) -> AbstractContextManager[None]:
        return self._faults.at(place)

    def fault(self, message: str) -> None:
        self._faults.fault(message)

    def page(self, path: str, model: type[Any] | None = None) -> int | None:
        if self._pages is None:
            return 0
        found = self._pages.get(normal(path))
        if found is None:
            self.fault(f"the page {path!r} is neither in the package nor on the site")
            return None
        if model is not None and not issubclass(found.model, model):
            self.fault(f"the page {path!r} is of another type than {model._meta.verbose_name}")
            return None
        return found.id

    def image(self, key: str) -> int | None:
        return self._by_key(self._images, key, "image")

    def document(self, key: str) -> int | None:
        return self._by_key(self._documents, key, "document")

    def topic(self, label: str) -> int | None:
        if not topic_slug(label) or len(label) > LONGEST_TOPIC:
            self.fault(f"{label!r} cannot be a topic: use at least one letter or digit, at most {LONGEST_TOPIC}")
            return None
        return self._topic_id(label)

    def _by_key(self, ids: Mapping[str, int] | None, key: str, what: str) -> int | None:
        if ids is None:
            return 0
        if key not in ids:
            self.fault(f"there is no {what} «{key}» in the package")
            return None
        return ids[key]
