"""A link to one of: a page, a file, an address elsewhere, an e-mail address, a phone number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from cms.content import shapes
from cms.content.blocks import convert, packing
from cms.content.context import Context
from cms.content.loader import Loader
from cms.content.rich_text import url_link
from cms.content.validation import Finding, stop, vague_link
from cms.content.validation.link_text import is_vague

TARGETS = ("page", "document", "url", "email", "phone")


class LinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    document = DocumentChooserBlock(label=_("File"), required=False)
    url = blocks.URLBlock(label=_("Address elsewhere"), required=False)
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)
    phone = blocks.CharBlock(label=_("Phone number"), required=False, max_length=40)
    title = blocks.CharBlock(
        label=_("Link text"), required=False, max_length=255, help_text=_("Left empty, the target's title is used.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        form_classname = "struct-block link-target"

    @property
    def required(self) -> bool:
        """Wagtail's structures have no say in this themselves."""
        return getattr(self.meta, "required", True)

    def document_shape(self) -> Any:
        return shapes.Link | None  # also where it is required: its page may not be public

    def to_document(self, value: Any, context: Context) -> shapes.Link | None:
        title = value["title"] or ""
        if value["page"]:
            return context.page_link(value["page"].pk, title)
        if value["document"]:
            return context.document_link(value["document"].pk, title)
        if value["url"]:
            return url_link(value["url"], title)
        if value["email"]:
            return url_link(f"mailto:{value['email']}", title or value["email"])
        if value["phone"]:
            return url_link("tel:" + re.sub(r"[^\d+]", "", value["phone"]), title or value["phone"])
        return None

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        chosen = [name for name in TARGETS if cleaned[name]]
        if len(chosen) > 1:
            message = ValidationError(_("Choose one target only: a page, a file, an address, e-mail or phone."))
            raise StructBlockValidationError({chosen[-1]: message})
        if not chosen and self.required and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {
                    "page": ValidationError(
                        _("Choose where the link leads: a page, a file, an address, e-mail or phone.")
                    )
                }
            )
        return cleaned

    def findings(self, value: Any) -> Iterator[Finding]:
        title = value["title"] or ""
        if title and not self.required and not any(value[name] for name in TARGETS):
            yield stop(gettext("This link leads nowhere. Choose a target, or remove the link text."), "page")
        if is_vague(title):
            yield vague_link(title, "title")

    def to_package(self, value: Any, context: Context) -> dict[str, Any] | None:
        """{url, title}; unlike the document, with no title but the editor's own."""
        link = self.to_document(value, context)
        if link is None:
            return None
        url = f"tel:{value['phone']}" if link["kind"] == "phone" else link["url"]
        return {"url": url} | ({"title": value["title"]} if value["title"] else {})

    def from_package(self, data: Any, loader: Loader) -> dict[str, Any]:
        """{url, title}, where the URL may be ``page:/path/``, ``document:key``, ``mailto:`` or ``tel:``."""
        raw: dict[str, Any] = {name: None if name in ("page", "document") else "" for name in self.child_blocks}
        if data is None:
            return raw
        if isinstance(data, str):
            data = {"url": data}
        if not isinstance(data, dict) or not isinstance(data.get("url"), str):
            loader.fault("a link is {url, title}; the url may be page:/path/ or document:key")
            return raw
        for unknown in sorted(set(data) - set(shapes.Link.__annotations__)):
            with loader.at(unknown):
                loader.fault("unknown key; known are url, title")
        with loader.at("title"):
            raw["title"] = convert.parse(self.child_blocks["title"], data.get("title"), loader)
        scheme, _separator, rest = data["url"].partition(":")
        with loader.at("url"):
            if scheme == "page":
                raw["page"] = loader.page(rest)
            elif scheme == "document":
                raw["document"] = loader.document(rest)
            elif url_link(data["url"], "") is None:
                loader.fault(f"{data['url']!r} is not an address that can be followed")
            else:
                raw[{"mailto": "email", "tel": "phone"}.get(scheme, "url")] = (
                    rest if scheme in ("mailto", "tel") else data["url"]
                )
        return raw


def has_target(value: Any) -> bool:
    """False for a link whose page or file was deleted: what stands around it has nothing to show."""
    return any(value[name] for name in TARGETS)


class LinkBlockValue(TypedDict):
    icon: Literal["read-more", "sign-up", "document", "external"]
    text: str
    link: shapes.Link | None


class LinkBlockBlock(blocks.StructBlock):
    """A link that stands by itself, with an icon."""

    icon = blocks.ChoiceBlock(
        label=_("Icon"),
        choices=[
            ("read-more", _("Read more")),
            ("sign-up", _("Sign up")),
            ("document", _("Document")),
            ("external", _("Other website")),
        ],
        default="read-more",
    )
    text = blocks.CharBlock(
        label=_("Text"), max_length=255, help_text=_("Say where the link leads: «Programme as PDF», not «Read more».")
    )
    link = LinkBlock(label=_("Target"))

    class Meta:
        icon = "link"
        label = _("Link")
        group = _("Links and lists")

    def document_shape(self) -> Any:
        return LinkBlockValue

    def findings(self, value: Any) -> Iterator[Finding]:
        if is_vague(value["text"] or ""):
            yield vague_link(value["text"], "text")

    def to_document(self, value: Any, context: Context) -> dict[str, Any] | None:
        if not has_target(value["link"]):
            return None
        link = convert.render(self.child_blocks["link"], value["link"], context)
        if link and value["text"] and not value["link"]["title"]:
            link["title"] = value["text"]
        return {"icon": value["icon"], "text": value["text"] or "", "link": link}

    def to_package(self, value: Any, context: Context) -> dict[str, Any] | None:
        packed = packing.pack_struct(self, value, context)
        return packed if packed["link"] else None
