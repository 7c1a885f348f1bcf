"""A file that a package names: is it there, can it be read, could an editor upload it?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator
from PIL import Image as PillowImage
from wagtail.images.fields import WagtailImageField

from cms.content.packages.faults import Faults


@dataclass(frozen=True, slots=True)
class PackageFile:
    """``sha1`` as Wagtail has it in ``file_hash``; ``pixels`` is width and height of an image."""

    path: Path
    sha1: str
    pixels: tuple[int, int] = (0, 0)


def image_file(folder: Path, name: Any, faults: Faults) -> PackageFile | None:
    found = _read(folder, name, faults)
    if found is None:
        return None
    path, content = found
    try:
        file = WagtailImageField().clean(SimpleUploadedFile(path.name, content))
        with PillowImage.open(path) as image:
            image.load()  # half a file opens, too
    except ValidationError as error:
        faults.fault(" ".join(error.messages))
        return None
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
        faults.fault(f"cannot read the image {path.name!r}: {error}")
        return None
    width, height = file.image.get_size()
    return PackageFile(path, _sha1(content), (width, height))


def document_file(folder: Path, name: Any, faults: Faults) -> PackageFile | None:
    found = _read(folder, name, faults)
    if found is None:
        return None
    path, content = found
    try:
        FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)(SimpleUploadedFile(path.name, content))
    except ValidationError as error:
        faults.fault(" ".join(error.messages))
        return None
    return PackageFile(path, _sha1(content))


def _read(folder: Path, name: Any, faults: Faults) -> tuple[Path, bytes] | None:
    if not isinstance(name, str) or not name:
        faults.fault(f"expected the path of a file in the package, got {name!r}")
        return None
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            faults.fault(f"{name!r} lies outside the package")
            return None
        return path, path.read_bytes()
    except OSError as error:
        faults.fault(f"cannot read {name!r}: {error.strerror or error}")
        return None


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
