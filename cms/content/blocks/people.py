"""People and places."""

from __future__ import annotations

from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content import municipalities, shapes
from cms.content.context import Context
from cms.content.loader import Loader


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=255)
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False, max_length=255)
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)
    phone = blocks.CharBlock(label=_("Phone number"), required=False, max_length=40)

    class Meta:
        icon = "user"
        label = _("Person")
        form_classname = "struct-block person"

    def document_shape(self) -> Any:
        return shapes.Person


class ContactsValue(TypedDict):
    people: list[shapes.Person]


class ContactsBlock(blocks.StructBlock):
    people = blocks.ListBlock(PersonBlock(), label=_("People"))

    class Meta:
        icon = "group"
        label = _("Contacts")
        group = _("Links and lists")

    def document_shape(self) -> Any:
        return ContactsValue


def municipality(number: str) -> shapes.Municipality | None:
    """The JSON of a municipality; None for "" and for a number that no longer exists."""
    found = municipalities.municipalities().get(number)
    if found is None:
        return None
    return {
        "number": found.number,
        "name": found.name,
        "county": {"number": found.county.number, "name": found.county.name},
    }


class MunicipalityField(forms.ChoiceField):
    def valid_value(self, value: Any) -> bool:
        return value in municipalities.municipalities()


class MunicipalityBlock(blocks.ChoiceBlock):
    """Looks numbers up. Wagtail makes and goes through all choices, several times for each that is published."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("choices", None)
        super().__init__(choices=municipalities.choices, **kwargs)

    def get_field(self, **kwargs: Any) -> forms.Field:
        return MunicipalityField(**kwargs)

    def normalize_choice(self, value: Any) -> Any:
        return value  # text in JSON and here

    class Meta:
        icon = "site"
        label = _("Municipality")

    def document_shape(self) -> Any:
        return shapes.Municipality if self.required else shapes.Municipality | None

    def to_document(self, value: Any, context: Context) -> shapes.Municipality | None:
        return municipality(value or "")

    def to_package(self, value: Any, context: Context) -> str | None:
        return value if municipality(value or "") else None

    def from_package(self, data: Any, loader: Loader) -> str:
        if data in (None, ""):
            return ""
        number = data.get("number") if isinstance(data, dict) else data
        if not isinstance(number, str) or number not in municipalities.municipalities():
            loader.fault(f"{number!r} is not a municipality's number")
            return ""
        return number


class PlaceBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name of the place"), max_length=255)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=255)
    municipality = MunicipalityBlock(required=False)

    class Meta:
        icon = "site"
        label = _("Place")

    def document_shape(self) -> Any:
        return shapes.Place
