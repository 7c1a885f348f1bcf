"""An image and its files as JSON; only files that exist are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cms.content import shapes
from cms.content.context import ImageUse
from cms.content.images import profiles, renditions
from cms.content.images.models import ContentImage, ContentRendition

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
USUAL_WIDTH = 960
"""Of the rendition that ``src`` names, for clients that choose none."""


class Shown(NamedTuple):
    """``value`` lacks the texts of the place where the image is used.

    crop  path, width and height of the picture for social media; None until it is made
    """

    value: shapes.Image
    files: list[str]
    crop: tuple[str, int, int] | None


def in_place(value: shapes.Image, image: ContentImage, use: ImageUse) -> shapes.Image:
    """The image with the texts that it has in one place."""
    return {
        **value,
        "alt": "" if use.decorative else use.alt or image.default_alt,
        "decorative": use.decorative,
        "caption": use.caption,
        "credit": use.credit or image.credit,
    }


def render(image: ContentImage, rows: Iterable[ContentRendition], media_url: Callable[[str], str]) -> Shown | None:
    """The image with its files; None when its upload cannot be read. ``media_url`` makes the URL of a stored file.

    ``rows``: its renditions, by id, as they were a moment ago.

    The renditions that every browser reads are made here if they are missing; the rest follow in their own time.
    """
    format_ = renditions.kept_format(image)
    try:
        found, size = _files(image, renditions.usable(image, rows), profiles.largest_spec(format_))
    except OSError:
        return None
    sources: list[shapes.ImageSource] = []
    files: list[str] = []
    for each in dict.fromkeys((*profiles.MODERN, format_)):
        made = [found[spec] for w in profiles.widths(image.width) if (spec := profiles.width_spec(w, each)) in found]
        if made:
            srcset = ", ".join(f"{media_url(rendition.file.name)} {rendition.width}w" for rendition in made)
            sources.append({"type": TYPES[each], "srcset": srcset})  # type: ignore[typeddict-item]
            files += [rendition.file.name for rendition in made]
    largest = found[profiles.largest_spec(format_)]
    widths = profiles.widths(image.width)
    usual = found[profiles.width_spec(max([w for w in widths if w <= USUAL_WIDTH] or widths[:1]), format_)]
    focus = image.get_focal_point()
    value: shapes.Image = {
        "id": image.pk,
        "alt": "",
        "decorative": False,
        "caption": "",
        "credit": "",
        "licence": image.licence,
        "width": largest.width,
        "height": largest.height,
        "focal_point": {
            "x": round(min(1.0, focus.centroid_x / image.width), 4) if focus else 0.5,
            "y": round(min(1.0, focus.centroid_y / image.height), 4) if focus else 0.5,
        },
        "src": media_url(usual.file.name),
        "sources": sources,
        "original": {
            "src": media_url(largest.file.name),
            "width": largest.width,
            "height": largest.height,
            "bytes": size,
        },
    }
    crop = found.get(profiles.OPEN_GRAPH)
    return Shown(
        value, [*files, largest.file.name], (crop.file.name, crop.width, crop.height) if crop is not None else None
    )


def _files(
    image: ContentImage, found: dict[str, ContentRendition], largest: str
) -> tuple[dict[str, ContentRendition], int]:
    """The renditions by spec, and the bytes of the largest. Raises OSError for an upload that cannot be read."""
    found = _made(image, found)
    try:
        return found, found[largest].file.size
    except OSError:
        renditions.forget_lost(image)
        found = _made(image, renditions.existing(image))
        return found, found[largest].file.size


def _made(image: ContentImage, found: dict[str, ContentRendition]) -> dict[str, ContentRendition]:
    if renditions.first_specs(image) <= found.keys():
        return found
    renditions.make(image, renditions.first_specs(image))
    return renditions.existing(image)
