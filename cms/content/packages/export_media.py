"""The images and documents that exported pages use: each gets a key, and its file a name in the package."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from cms.content.images.models import ContentImage
from cms.content.topics import FOLDED


class ExportMedia:
    """Keys are made from titles in the order of use, so that they are the same wherever the content is."""

    def __init__(self) -> None:
        self.files: dict[str, Any] = {}
        """{name in the package: the FieldFile to copy}"""
        self._images: dict[int, tuple[str, ContentImage] | None] = {}
        self._documents: dict[int, tuple[str, Any] | None] = {}
        self._restricted = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))

    def image_key(self, image_id: int) -> str | None:
        return self._key(ContentImage, image_id, self._images, "images")

    def document_key(self, document_id: int) -> str | None:
        return self._key(get_document_model(), document_id, self._documents, "documents")

    def images(self) -> dict[str, Any]:
        return {key: {"file": _name("images", key, image), **_about(image)} for key, image in _sorted(self._images)}

    def documents(self) -> dict[str, Any]:
        return {
            key: {"file": _name("documents", key, document), "title": document.title}
            for key, document in _sorted(self._documents)
        }

    @property
    def image_ids(self) -> dict[str, int]:
        return {each[0]: pk for pk, each in self._images.items() if each}

    @property
    def document_ids(self) -> dict[str, int]:
        return {each[0]: pk for pk, each in self._documents.items() if each}

    def _key(self, model: type[Any], pk: int, known: dict[int, tuple[str, Any] | None], folder: str) -> str | None:
        """None for a file that is gone or in a private collection: pages do not show it either."""
        if pk not in known:
            item = model.objects.select_related("collection").filter(pk=pk).first()
            known[pk] = None
            if item and not item.collection.path.startswith(self._restricted) and _exists(item):
                key = _free(item.title, {each[0] for each in known.values() if each})
                known[pk] = (key, item)
                self.files[_name(folder, key, item)] = item.file
        found = known[pk]
        return found[0] if found else None


def _exists(item: Any) -> bool:
    return bool(item.file.storage.exists(item.file.name))


def _free(title: str, taken: set[str]) -> str:
    base = slugify(title.translate(FOLDED))[:80].strip("-") or "file"
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _name(folder: str, key: str, item: Any) -> str:
    return f"{folder}/{key}{PurePosixPath(item.file.name).suffix.lower()}"


def _sorted(known: dict[int, tuple[str, Any] | None]) -> list[tuple[str, Any]]:
    return sorted((each for each in known.values() if each), key=lambda each: each[0])


def _about(image: ContentImage) -> dict[str, Any]:
    return {
        "title": image.title,
        "alt": image.default_alt,
        "credit": image.credit,
        "licence": image.licence,
        "consent_until": image.consent_until.isoformat() if image.consent_until else None,
        "focal_point": _focal_point(image),
    }


def _focal_point(image: ContentImage) -> dict[str, float] | None:
    """In shares of width and height; fine enough to find the same pixel again."""
    if not image.has_focal_point():
        return None
    sizes = {"x": image.width, "y": image.height, "width": image.width, "height": image.height}
    return {name: round(min(getattr(image, f"focal_point_{name}") / size, 1), 7) for name, size in sizes.items()}
