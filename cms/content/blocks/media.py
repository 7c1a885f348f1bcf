"""Images, galleries, embedded videos and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.content import embeds, shapes, times
from cms.content.blocks import convert, packing
from cms.content.blocks.one import OneBlock
from cms.content.context import Context
from cms.content.loader import Loader
from cms.content.validation import Finding, stop, warn


@dataclass(frozen=True, slots=True)
class Use:
    """An image in one place: what ``Context.image`` takes."""

    image_id: int | None
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""


class ImageBlock(blocks.StructBlock):
    """An image with the texts it has in this one place."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=500,
        help_text=_("What the picture shows, for those who cannot see it. Left empty, the image's own text is used."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("The picture says nothing that the text does not say.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=1000)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=255, help_text=_("Left empty, the image's own credit is used.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Pictures and media")
        form_classname = "struct-block image-use"

    def document_shape(self) -> Any:
        return shapes.Image

    def findings(self, value: Any) -> Iterator[Finding]:
        image = value["image"]
        if image is None:
            return
        alt = (value["alt"] or image.default_alt or "").strip()
        caption = (value["caption"] or "").strip()
        if not alt and not value["decorative"]:
            yield stop(gettext("Describe what the picture shows, or tick that it is decorative."), "alt")
        if alt and not value["decorative"] and alt.casefold() == caption.casefold():
            yield warn(
                gettext("The alternative text is the same as the caption, so it is read twice. Change one."), "alt"
            )
        if not (value["credit"] or image.credit or "").strip():
            yield warn(gettext("Nobody is credited for the picture."), "credit")
        if image.withdrawn:
            yield warn(gettext("The consent for this picture has run out, so the page leaves it out."), "image")

    def to_document(self, value: Any, context: Context) -> shapes.Image | None:
        if not value.get("image"):
            return None
        return context.image(
            # a stored block may be older than one of these fields
            Use(
                value["image"].pk,
                value["alt"] or "",
                bool(value["decorative"]),
                value["caption"] or "",
                value["credit"] or "",
            )
        )

    def from_package(self, data: Any, loader: Loader) -> dict[str, Any]:
        if isinstance(data, str):
            data = {"image": data}
        if not isinstance(data, dict) or not isinstance(data.get("image"), str):
            loader.fault("an image is {image: key, alt, decorative, caption, credit}")
            return {}
        texts = {name: self.child_blocks[name] for name in ("alt", "decorative", "caption", "credit")}
        for unknown in sorted(set(data) - {"image", *texts}):
            with loader.at(unknown):
                loader.fault("unknown key; known are image, alt, decorative, caption, credit")
        raw: dict[str, Any] = {}
        for name, child in texts.items():
            with loader.at(name):
                raw[name] = convert.parse(child, data.get(name), loader)
        with loader.at("image"):
            raw["image"] = loader.image(data["image"])
        return raw


class GalleryValue(TypedDict):
    images: list[shapes.Image]


class GalleryBlock(blocks.StructBlock):
    images = blocks.ListBlock(ImageBlock(), label=_("Images"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = _("Pictures and media")

    def document_shape(self) -> Any:
        return GalleryValue


class EmbedValue(TypedDict):
    """``embed_url`` and ``html`` are null unless the provider is allow-listed; nothing is fetched to make them."""

    url: shapes.Url
    title: str
    provider: shapes.Code
    embed_url: shapes.Url | None
    html: shapes.Code | None
    thumbnail: shapes.Image | None
    starts_at: shapes.Instant | None
    transcript: shapes.RichText


class EmbedBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Address of the video"), help_text=_("For example https://vimeo.com/76979871"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=255, help_text=_("What the video is; read by screen readers.")
    )
    thumbnail = OneBlock([("image", ImageBlock())], label=_("Still picture"))
    starts_at = blocks.DateTimeBlock(label=_("The live stream starts"), required=False)
    transcript = blocks.RichTextBlock(label=_("Transcript"), required=False, features=["bold", "italic", "ul", "ol"])

    class Meta:
        icon = "media"
        label = _("Video or stream")
        group = _("Pictures and media")

    def document_shape(self) -> Any:
        return EmbedValue

    def to_document(self, value: Any, context: Context) -> EmbedValue:
        embed = embeds.embed(value["url"] or "", value["title"] or "")
        return {
            "url": value["url"] or "",
            "title": value["title"] or "",
            "provider": embed.provider,
            "embed_url": embed.embed_url,
            "html": embed.html,
            "thumbnail": convert.render(self.child_blocks["thumbnail"], value["thumbnail"], context),
            "starts_at": times.instant(value["starts_at"]),
            "transcript": convert.render(self.child_blocks["transcript"], value["transcript"], context),
        }

    def to_package(self, value: Any, context: Context) -> dict[str, Any]:
        return packing.pack_struct(self, value, context)

    def from_package(self, data: Any, loader: Loader) -> Any:
        if isinstance(data, dict):
            made = {"provider", "embed_url", "html"}  # derived from the URL
            data = {key: value for key, value in data.items() if key not in made}
        return convert.parse_struct(self, data, loader)


class DocumentBlock(DocumentChooserBlock):
    class Meta:
        icon = "doc-full"
        label = _("File")
        group = _("Pictures and media")

    def document_shape(self) -> Any:
        return shapes.Document if self.required else shapes.Document | None
