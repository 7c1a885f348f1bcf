"""Makes the files of an image's profile: one decode, every width and format, without EXIF or GPS.

The rows are Wagtail's renditions; a file's name holds a key of the upload that it was made from.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from hashlib import blake2b
from io import BytesIO
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from cms.content.images import profiles
from cms.content.images.models import ContentImage, ContentRendition

QUALITY = {"jpeg": 82, "webp": 78, "avif": 60}
EXTENSIONS = {"jpeg": "jpg"}
LARGER = 1.5
"""How many times as wide a picture is that another is scaled from."""

_making = [threading.Lock() for _ in range(16)]
"""One per image, nearly: two threads of the worker do not make the same files."""


class UnreadableImage(OSError):
    """The upload is no picture, a damaged one, or one too large to open safely."""


class Wanted(NamedTuple):
    """One file to make."""

    spec: str
    format: str
    size: tuple[int, int]
    crop: bool = False


def kept_format(image: ContentImage) -> str:
    """Format of the renditions that every browser reads, from the upload's file name."""
    extension = image.filename.rpartition(".")[2].lower()
    return profiles.KEPT.get({"jpg": "jpeg"}.get(extension, extension), "jpeg")


def first_specs(image: ContentImage) -> set[str]:
    """Specs without which a document cannot show the image."""
    format_ = kept_format(image)
    return {profiles.largest_spec(format_), *(profiles.width_spec(w, format_) for w in profiles.widths(image.width))}


def all_specs(image: ContentImage) -> set[str]:
    modern = {profiles.width_spec(w, f) for w in profiles.widths(image.width) for f in profiles.MODERN}
    return first_specs(image) | modern | {profiles.OPEN_GRAPH}


def existing(image: ContentImage) -> dict[str, ContentRendition]:
    """Spec → what is made of the image."""
    return usable(image, image.renditions.order_by("pk"))


def usable(image: ContentImage, rows: Iterable[ContentRendition]) -> dict[str, ContentRendition]:
    """Spec → what is made from the present file; a crop counts only when made for the present focal point."""
    source, focus = source_key(image), focal_key(image)
    return {
        each.filter_spec: each
        for each in rows
        if f".{source}." in each.file.name
        and (each.filter_spec != profiles.OPEN_GRAPH or each.focal_point_key == focus)
    }


def make(image: ContentImage, *waves: Iterable[str]) -> int:
    """Makes the specs that are missing, wave after wave; returns how many. Raises OSError for a file that is no image.

    Between two waves another thread that waits for the same image gets on.
    """
    made = 0
    pictures: _Pictures | None = None
    for specs in waves:
        with _making[image.pk % len(_making)]:
            missing = set(specs) - existing(image).keys()
            if missing:
                pictures = pictures or _Pictures(image)
                pictures.save(missing)
                made += len(missing)
    return made


def forget_lost(image: ContentImage) -> None:
    """Deletes the rows whose files are gone, as when an older copy of the media folder was put back."""
    lost = [each.pk for each in image.renditions.all() if not each.file.storage.exists(each.file.name)]
    image.renditions.filter(pk__in=lost).delete()


class _Pictures:
    """The upload, decoded once, and what it was scaled to."""

    def __init__(self, image: ContentImage) -> None:
        self.image = image
        self.source = _opened(image)
        self.scaled: dict[tuple[int, int], Pillow.Image] = {self.source.size: self.source}

    def save(self, specs: set[str]) -> None:
        # largest first, as each can be scaled from one before
        wanted = (_wanted(spec, self.source.size) for spec in specs)
        for each in sorted(wanted, key=lambda each: (each.crop, -each.size[0], each.format)):
            _save(
                self.image, each, _cropped(self.image, self.source, each.size) if each.crop else self._sized(each.size)
            )

    def _sized(self, size: tuple[int, int]) -> Pillow.Image:
        if size not in self.scaled:
            # the smallest that is large enough: much quicker than from the upload, and nobody sees it (53 dB)
            larger = [each for each in self.scaled.values() if each.width >= LARGER * size[0]] or [self.source]
            base = min(larger, key=lambda each: each.width)
            self.scaled[size] = base.resize(size, Pillow.Resampling.LANCZOS)
        return self.scaled[size]


def _opened(image: ContentImage) -> Pillow.Image:
    try:
        with image.file.storage.open(image.file.name, "rb") as file, Pillow.open(file) as opened:
            return _in_rgb(ImageOps.exif_transpose(opened))
    except (SyntaxError, ValueError, Pillow.DecompressionBombError) as error:  # what Pillow says of damaged files
        raise UnreadableImage(f"{image.file.name}: {error}") from error


def _in_rgb(picture: Pillow.Image) -> Pillow.Image:
    """In red, green and blue with the profile that says which ones; comments and the like would be in every file."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):  # grey in 16 bits
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    found = None
    if profile and picture.mode in ("CMYK", "L"):  # for print: the profile is of other inks
        found, profile = _from_inks(picture, profile), None
    if found is None:
        found = picture.convert("RGBA" if _has_alpha(picture) else "RGB")
    found.info = {"icc_profile": profile} if profile else {}
    return found


def _from_inks(picture: Pillow.Image, profile: bytes) -> Pillow.Image | None:
    """None for a damaged profile, or one of something else."""
    try:
        return ImageCms.profileToProfile(picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _wanted(spec: str, size: tuple[int, int]) -> Wanted:
    operation, _, format_ = spec.partition("|format-")
    name, _, argument = operation.partition("-")
    width, height = size
    if name == "width":
        target = int(argument)
        return Wanted(spec, format_, (target, max(1, round(height * target / width))))
    box = tuple(int(side) for side in argument.split("x"))
    if name == "fill":
        return Wanted(spec, format_, (box[0], box[1]), crop=True)
    scale = min(1.0, box[0] / width, box[1] / height)
    return Wanted(spec, format_, (max(1, round(width * scale)), max(1, round(height * scale))))


def _cropped(image: ContentImage, source: Pillow.Image, size: tuple[int, int]) -> Pillow.Image:
    focus = image.get_focal_point()
    centre = (
        (min(1.0, focus.centroid_x / image.width), min(1.0, focus.centroid_y / image.height)) if focus else (0.5, 0.5)
    )
    return ImageOps.fit(source, size, Pillow.Resampling.LANCZOS, centering=centre)


def _save(image: ContentImage, wanted: Wanted, picture: Pillow.Image) -> None:
    profile = picture.info.get("icc_profile")
    if wanted.format == "jpeg" and picture.mode != "RGB":
        backdrop = Pillow.new("RGB", picture.size, "white")
        backdrop.paste(picture, mask=picture.getchannel("A"))
        picture = backdrop
    options: dict[str, object] = {"quality": QUALITY[wanted.format]} if wanted.format in QUALITY else {}
    if wanted.format == "avif":
        options |= {"speed": 8}
    if wanted.format == "jpeg":
        options |= {"optimize": True, "progressive": True}
    if profile:
        options["icc_profile"] = profile
    output = BytesIO()
    picture.save(output, wanted.format.upper(), **options)
    extension = EXTENSIONS.get(wanted.format, wanted.format)
    label = wanted.spec.replace("|", ".")
    name = f"{image.filename.rpartition('.')[0][:60]}.{source_key(image)}.{label}.{extension}"
    rendition = ContentRendition(
        image=image, filter_spec=wanted.spec, focal_point_key=focal_key(image) if wanted.crop else ""
    )
    rendition.file.save(name, ContentFile(output.getvalue()), save=False)
    rendition.width, rendition.height = picture.size
    try:
        replaced = _store(rendition, source_key(image))
    except IntegrityError:  # another process was quicker, or the image is deleted
        replaced = rendition.file.name
    except Exception:
        rendition.file.storage.delete(rendition.file.name)
        raise
    if replaced:
        rendition.file.storage.delete(replaced)


@transaction.atomic
def _store(rendition: ContentRendition, source: str) -> str:
    """Returns the file that is no longer needed: of an earlier upload, whose row is taken over, or "".

    Raises IntegrityError when there is one already, as a crop of the present upload and focal point.
    """
    same = ContentRendition.objects.filter(
        image_id=rendition.image_id, filter_spec=rendition.filter_spec, focal_point_key=rendition.focal_point_key
    )
    old = same.select_for_update().first()
    if old is None:
        ContentRendition.objects.bulk_create([rendition])
        return ""
    if f".{source}." in old.file.name:
        raise IntegrityError("made meanwhile")
    same.update(file=rendition.file.name, width=rendition.width, height=rendition.height)
    return old.file.name


def source_key(image: ContentImage) -> str:
    """Stands in the names of all files made from the present upload, and in no others."""
    upload = f"{image.file.name}:{image.file_hash}"
    return blake2b(upload.encode(), digest_size=5).hexdigest()


def focal_key(image: ContentImage) -> str:
    """Tells crops for different focal points apart; "" without one."""
    focus = image.get_focal_point()
    if not focus:
        return ""
    place = f"{focus.centroid_x}-{focus.centroid_y}-{focus.width}x{focus.height}"
    return blake2b(place.encode(), digest_size=8).hexdigest()


def _has_alpha(picture: Pillow.Image) -> bool:
    return picture.mode in ("RGBA", "LA") or "transparency" in picture.info
