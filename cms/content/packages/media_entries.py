"""The images and documents that a package brings: read and looked at, nothing stored yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail.documents import get_document_model

from cms.content.images.models import ContentImage
from cms.content.kinds.table import kind_of
from cms.content.packages.faults import Faults
from cms.content.packages.media_files import PackageFile, document_file, image_file
from cms.plugins.spec import Expose

IMAGE_FIELDS = (
    Expose("title"),
    Expose("alt", source="default_alt"),
    Expose("credit"),
    Expose("licence"),
    Expose("consent_until"),
)
DOCUMENT_FIELDS = (Expose("title"),)
FOCAL_POINT = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class MediaEntry:
    """A file of the package. ``values`` holds what the package says of it, by attribute of the model."""

    key: str
    file: PackageFile
    values: dict[str, Any]


def read_images(folder: Path, data: Any, faults: Faults) -> dict[str, MediaEntry]:
    found = {}
    for key, item in _items(data, faults):
        with faults.at(key):
            values = _values(item, faults, ContentImage, IMAGE_FIELDS, ["focal_point"])
            with faults.at("file"):
                file = image_file(folder, item.get("file"), faults)
            if file and item.get("focal_point") is not None:
                with faults.at("focal_point"):
                    values |= _focal_point(item["focal_point"], file.pixels, faults)
        if file:
            found[key] = MediaEntry(key, file, values)
    return found


def read_documents(folder: Path, data: Any, faults: Faults) -> dict[str, MediaEntry]:
    found = {}
    for key, item in _items(data, faults):
        with faults.at(key):
            values = _values(item, faults, get_document_model(), DOCUMENT_FIELDS, [])
            with faults.at("file"):
                file = document_file(folder, item.get("file"), faults)
        if file:
            found[key] = MediaEntry(key, file, values)
    return found


def _items(data: Any, faults: Faults) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(data, dict):
        faults.fault(f"expected an object {{key: {{file, title}}}}, got {data!r}")
        return []
    items = []
    for key, item in data.items():
        if isinstance(item, dict):
            items.append((key, item))
        else:
            with faults.at(key):
                faults.fault(f"expected {{file, title}}, got {item!r}")
    return items


def _values(
    item: dict[str, Any], faults: Faults, model: type[Any], fields: tuple[Expose, ...], others: list[str]
) -> dict[str, Any]:
    known = ["file", *(field.name for field in fields), *others]
    for unknown in sorted(set(item) - set(known)):
        with faults.at(unknown):
            faults.fault(f"unknown key; known are {', '.join(known)}")
    values = {}
    for field in fields:
        if field.name in item:
            with faults.at(field.name):
                values[field.attribute] = kind_of(model, field).parse(item[field.name], faults)  # type: ignore[arg-type]  # texts and days only
    if not values.get("title"):
        values.pop("title", None)  # the file's name, as when an editor uploads it
    return values


def _focal_point(data: Any, pixels: tuple[int, int], faults: Faults) -> dict[str, int]:
    """{x, y} in shares of width and height, and the size of what must be seen around it where that is known."""
    if not isinstance(data, dict) or not {"x", "y"} <= data.keys() <= set(FOCAL_POINT):
        faults.fault(f"expected {{x, y}}, each 0 to 1 from the top left corner, got {data!r}")
        return {}
    found = {}
    for index, name in enumerate(FOCAL_POINT):
        share = data.get(name, 0)
        with faults.at(name):
            if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
                faults.fault(f"expected a number from 0 to 1, got {share!r}")
                continue
        found[f"focal_point_{name}"] = max(round(share * pixels[index % 2]), index // 2)
    return found
