"""Brings the files of a package into the site. A file that is there already, known by its hash, is used as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files import File
from wagtail.documents import get_document_model

from cms.content.images.models import ContentImage
from cms.content.packages.media_entries import MediaEntry


class MediaStore:
    """Files first, outside any transaction (``store``), then rows (``save``); ``discard`` takes the files back."""

    def __init__(self, images: dict[str, MediaEntry], documents: dict[str, MediaEntry]) -> None:
        self.changed = 0
        self._stored: list[tuple[Any, str]] = []
        self._images = _match(ContentImage, images.values())
        self._documents = _match(get_document_model(), documents.values())
        self._entries = [
            *((entry, self._images[key]) for key, entry in images.items()),
            *((entry, self._documents[key]) for key, entry in documents.items()),
        ]

    def store(self) -> None:
        for entry, row in self._entries:
            if row.pk is None:
                self._store(entry, row)

    def _store(self, entry: MediaEntry, row: Any) -> None:
        field = row._meta.get_field("file")
        name = field.generate_filename(row, entry.file.path.name)
        with entry.file.path.open("rb") as file:
            name = field.storage.save(name, File(file), max_length=field.max_length)
        self._stored.append((field.storage, name))
        row.file = name
        if isinstance(row, ContentImage):
            row.width, row.height = entry.file.pixels
        row.file_hash = entry.file.sha1
        row.file_size = entry.file.path.stat().st_size

    def save(self) -> None:
        for entry, row in self._entries:
            values = entry.values if row.pk else {"title": entry.file.path.stem[:255], **entry.values}
            if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                row.save()
                self.changed += 1

    def discard(self) -> None:
        for storage, name in self._stored:
            storage.delete(name)

    @property
    def images(self) -> dict[str, int]:
        return {key: row.pk for key, row in self._images.items()}

    @property
    def documents(self) -> dict[str, int]:
        return {key: row.pk for key, row in self._documents.items()}


def _match(model: type[Any], entries: Iterable[MediaEntry]) -> dict[str, Any]:
    """The row of each key; unsaved where the site lacks the file.

    Two keys with the same file are two images: each may have its own credit and description. The row that says what
    the package says is preferred.
    """
    entries = list(entries)
    rows = model.objects.filter(file_hash__in={entry.file.sha1 for entry in entries}).order_by("pk")
    free: dict[str, list[Any]] = {}
    for row in rows:
        free.setdefault(row.file_hash, []).append(row)
    found = {}
    for entry in entries:
        candidates = free.get(entry.file.sha1, [])
        if candidates:
            best = min(candidates, key=lambda row: sum(getattr(row, n) != v for n, v in entry.values.items()))
            candidates.remove(best)
            found[entry.key] = best
        else:
            found[entry.key] = model()
    return found
