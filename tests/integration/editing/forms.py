"""What the editing form posts, from plain values."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

STREAMS: tuple[str, ...] = ("image", "body", "related", "place", "organisers", "moderators", "programme", "images")
STREAMS += ("municipalities", "contacts", "authors", "partners", "gatherings", "members", "listing")


def post_data(action: str = "", **fields: Any) -> dict[str, Any]:
    """A whole form: StreamFields that are not named are empty. ``action``: publish, submit, or "" for a draft."""
    data = {name: streamfield([]) for name in STREAMS} | {"slug": "", **fields}
    return nested_form_data(data) | ({f"action-{action}": action} if action else {})


def event(**fields: Any) -> dict[str, Any]:
    """An event without faults and without warnings."""
    return {
        "title": "Frokostseminar",
        "slug": "frokostseminar",
        "start": "2027-01-31 09:00",
        "end": "2027-01-31 11:30",
        "status": "planned",
        "attendance": "place",
        "place": streamfield([("place", place())]),
        **fields,
    }


def place(name: str = "Kommunehuset") -> dict[str, str]:
    return {"name": name, "address": "", "municipality": ""}


def item(title: str, start: str, end: str = "", **values: Any) -> tuple[str, dict[str, Any]]:
    """A programme item, with its block name."""
    value = {
        "date": "",
        "start": start,
        "end": end,
        "kind": "talk",
        "title": title,
        "description": rich_text(""),
        "place": "",
        "track": "",
        "speakers": listed([]),
        "links": listed([]),
        **values,
    }
    return "item", value


def person(name: str, **values: str) -> dict[str, str]:
    return {"name": name, "title": "", "organisation": "", "email": "", "phone": "", **values}


def link(**values: Any) -> dict[str, Any]:
    return {"page": "", "document": "", "url": "", "email": "", "phone": "", "title": "", **values}


def picture(image: Any, **values: Any) -> tuple[str, dict[str, Any]]:
    return "image", {"image": str(image.pk), "alt": "", "caption": "", "credit": "", **values}


def listed(values: Sequence[Any]) -> dict[str, Any]:
    """A ListBlock."""
    return streamfield([("item", value) for value in values])


def photo(name: str = "photo.png") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")
