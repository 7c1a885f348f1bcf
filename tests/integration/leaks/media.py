"""Pictures and files whose names, texts and contents are words."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from cms.content.models import ContentImage
from tests.integration.leaks.markers import Markers
from tests.integration.publishing import site as s


def media(markers: Markers, name: str, *, collection: Any = None, **of_image: Any) -> tuple[ContentImage, Any]:
    """A picture and a file."""

    def word(part: str) -> str:
        return markers.word(f"{name} {part}")

    place = {"collection": collection} if collection else {}
    image = s.add_image(
        word("image title"),
        file=s.picture(f"{word('image file name')}.png"),
        default_alt=word("image alt"),
        credit=word("image credit"),
        description=word("image description"),
        **place,
        **of_image,
    )
    document = s.add_file(word("document title"), **place)
    document.file.save(f"{word('document file name')}.pdf", ContentFile(word("document content").encode()))
    return image, document
