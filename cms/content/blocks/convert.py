"""Block definitions → the JSON of their values, its shape, and back from package input.

A block of our own says it itself (``to_document``, ``document_shape``, ``from_package``). Wagtail's blocks, and
whatever a plugin builds from them, are looked up by class along the MRO.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Literal, NamedTuple, TypedDict

from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.timezone import is_naive
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.content import rich_text, shapes, times
from cms.content.context import Context
from cms.content.loader import Loader, Places


class Conversion(NamedTuple):
    render: Callable[[Any, Any, Context], Any]
    shape: Callable[[Any], Any]
    parse: Callable[[Any, Any, Loader], Any]


def render(block: blocks.Block, value: Any, context: Context) -> Any:
    """The JSON of a block's value; None when what it shows is not public or not there."""
    if hasattr(block, "to_document"):
        return block.to_document(value, context)
    return _conversion(block).render(block, value, context)


def shape(block: blocks.Block) -> Any:
    if hasattr(block, "document_shape"):
        return block.document_shape()
    return _conversion(block).shape(block)


def parse(block: blocks.Block, data: Any, loader: Loader) -> Any:
    """Package input as the block's raw value (what ``Block.to_python`` takes); faults go to the loader."""
    if hasattr(block, "from_package"):
        return block.from_package(data, loader)
    return _conversion(block).parse(block, data, loader)


def _conversion(block: blocks.Block) -> Conversion:
    for cls in type(block).__mro__:
        if cls in CONVERSIONS:
            return CONVERSIONS[cls]
    raise TypeError(f"{type(block).__name__} has no JSON: give it to_document, document_shape and from_package.")


# -- text and numbers ------------------------------------------------------------------------------------------------


def _parse_text(block: blocks.Block, data: Any, loader: Loader) -> str:
    if data is None:
        return ""
    if not isinstance(data, str):
        loader.fault(f"expected a text, got {data!r}")
        return ""
    limit = getattr(getattr(block, "field", None), "max_length", None)
    if limit and len(data) > limit:
        loader.fault(f"the text has {len(data)} characters; at most {limit} are possible")
    return data


def _parse_bool(block: blocks.Block, data: Any, loader: Loader) -> bool:
    if not isinstance(data, bool | None):
        loader.fault(f"expected true or false, got {data!r}")
    return bool(data)


def _parse_int(block: blocks.Block, data: Any, loader: Loader) -> int | None:
    return parse_int(data, loader)


def parse_int(data: Any, loader: Places) -> int | None:
    """A whole number that every database can hold, or null."""
    if data is None or (isinstance(data, int) and not isinstance(data, bool) and abs(data) < 2**31):
        return data
    loader.fault(f"expected a whole number, got {data!r}")
    return None


def choices(block: Any) -> dict[str, str]:
    """Values and labels of a ChoiceBlock, groups laid flat."""
    flat: dict[str, str] = {}
    for value, label in block.field.choices:
        flat |= dict(label) if isinstance(label, list | tuple) else {value: label}
    return {value: str(label) for value, label in flat.items() if value != ""}


def _choice_shape(block: Any) -> Any:
    literal: Any = Literal[tuple(choices(block))]
    return literal if block.required else literal | Literal[""]


def _parse_choice(block: Any, data: Any, loader: Loader) -> str:
    if data in (None, ""):
        return ""
    if not isinstance(data, str) or data not in choices(block):
        loader.fault(f"{data!r} is not one of {', '.join(sorted(choices(block)))}")
        return ""
    return data


def _parse_choices(block: Any, data: Any, loader: Loader) -> list[str]:
    if not isinstance(data, list | None):
        loader.fault(f"expected a list, got {data!r}")
        return []
    found = []
    for index, item in enumerate(data or []):
        with loader.at(index):
            found.append(_parse_choice(block, item, loader))
    return [item for item in found if item]


def _parser(convert: Callable[[str], Any], what: str) -> Callable[[Any, Any, Loader], Any]:
    def parse_(block: blocks.Block, data: Any, loader: Loader) -> str | None:
        if data in (None, ""):
            return None
        try:
            found = convert(data) if isinstance(data, str) else None
        except ValueError:
            found = None
        if found is None or (isinstance(found, datetime) and is_naive(found)) or not times.is_usable(found):
            loader.fault(f"expected {what}, got {data!r}")
            return None
        return found.isoformat()

    return parse_


# -- structures ------------------------------------------------------------------------------------------------------


def _render_struct(block: Any, value: Any, context: Context) -> dict[str, Any]:
    return {name: render(child, value.get(name), context) for name, child in block.child_blocks.items()}


def _struct_shape(block: Any) -> Any:
    fields = {name: shape(child) for name, child in block.child_blocks.items()}
    return TypedDict(_type_name(block), fields)  # type: ignore[operator, misc]


def _type_name(block: Any) -> str:
    return type(block).__name__.removesuffix("Block") + "Value"


def parse_struct(block: Any, data: Any, loader: Loader) -> dict[str, Any]:
    if not isinstance(data, dict):
        loader.fault(f"expected an object, got {data!r}")
        return {}
    for unknown in sorted(set(data) - set(block.child_blocks)):
        with loader.at(unknown):
            loader.fault(f"unknown key; known are {', '.join(block.child_blocks)}")
    raw = {}
    for name, child in block.child_blocks.items():
        if name in data:
            with loader.at(name):
                raw[name] = parse(child, data[name], loader)
        else:
            # an editor's new list opens with one empty item
            raw[name] = [] if isinstance(child, blocks.ListBlock) else child.get_prep_value(child.get_default())
    return raw


def _render_list(block: Any, value: Any, context: Context) -> list[Any]:
    rendered = (render(block.child_block, item, context) for item in value or [])
    return [item for item in rendered if item is not None]


def _parse_list(block: Any, data: Any, loader: Loader) -> list[Any]:
    if data is None:
        return []
    if not isinstance(data, list):
        loader.fault(f"expected a list, got {data!r}")
        return []
    raw = []
    for index, item in enumerate(data):
        with loader.at(index):
            raw.append(parse(block.child_block, item, loader))
    return raw


def render_stream(block: Any, value: Any, context: Context) -> list[dict[str, Any]]:
    """[{id, type, value}], without blocks that have nothing to show."""
    rendered = (
        {"id": child.id or "", "type": child.block_type, "value": render(child.block, child.value, context)}
        for child in value or []
    )
    return [item for item in rendered if item["value"] is not None]


def stream_shape(block: Any) -> Any:
    """A union of {id, type, value}, told apart by ``type``."""
    # Not Union[…]: the linter's fix for that leaves a tuple, and then only the first block would count.
    items = [stream_item_shape(name, child) for name, child in block.child_blocks.items()]
    return list[reduce(or_, items)]  # type: ignore[misc]


def stream_item_shape(name: str, block: Any) -> Any:
    title = "".join(part.capitalize() for part in name.split("_")) + "Block"
    return TypedDict(title, {"id": shapes.Code, "type": Literal[name], "value": shape(block)})  # type: ignore[operator, misc]


def parse_stream(block: Any, data: Any, loader: Loader) -> list[dict[str, Any]]:
    if data is None:
        return []
    if not isinstance(data, list):
        loader.fault(f"expected a list of blocks, got {data!r}")
        return []
    raw = []
    for index, item in enumerate(data):
        with loader.at(index):
            if not isinstance(item, dict) or not isinstance(item.get("type"), str):
                loader.fault("a block is {type, value}")
                continue
            if not isinstance(item.get("id", ""), str) or not item.keys() <= {"id", "type", "value"}:
                loader.fault("a block is {type, value}, and may have an id, a text")
                continue
            child = block.child_blocks.get(item["type"])
            if child is None:
                loader.fault(f"unknown block {item['type']!r}; known are {', '.join(block.child_blocks)}")
                continue
            with loader.at("value"):
                value = parse(child, item.get("value"), loader)
            raw.append({"type": item["type"], "value": value} | ({"id": item["id"]} if item.get("id") else {}))
    return raw


# -- references ------------------------------------------------------------------------------------------------------


def parse_page(data: Any, loader: Loader, model: type[Any] | None = None) -> int | None:
    """Id of the page that ``/path/``, ``page:/path/``, a link {url} or a summary {path} names; null for null."""
    path = (data.get("path") or data.get("url")) if isinstance(data, dict) else data
    if data is None:
        return None
    if not isinstance(path, str):
        loader.fault(f"expected a page's path, got {data!r}")
        return None
    return loader.page(path.removeprefix("page:"), model)


def _parse_page(block: Any, data: Any, loader: Loader) -> int | None:
    return parse_page(data, loader, block.target_model)


def _parse_document(block: Any, data: Any, loader: Loader) -> int | None:
    if isinstance(data, str):
        return loader.document(data)
    if data is not None:
        loader.fault(f"expected a document's key, got {data!r}")
    return None


def _refuse_image(*_: Any) -> Any:
    raise TypeError("An ImageChooserBlock has no room for alternative text: use cms.content.blocks.media.ImageBlock.")


_TEXT = Conversion(lambda block, value, context: str(value or ""), lambda block: str, _parse_text)
_CODE = Conversion(lambda block, value, context: str(value or ""), lambda block: shapes.Code, _parse_text)

CONVERSIONS: dict[type[blocks.Block], Conversion] = {
    blocks.CharBlock: _TEXT,
    blocks.TextBlock: _TEXT,
    blocks.EmailBlock: _CODE,
    blocks.RegexBlock: _CODE,
    blocks.URLBlock: Conversion(lambda block, value, context: value or "", lambda block: shapes.Url, _parse_text),
    blocks.ChoiceBlock: Conversion(lambda block, value, context: value or "", _choice_shape, _parse_choice),
    blocks.MultipleChoiceBlock: Conversion(
        lambda block, value, context: list(value or []), lambda block: list[shapes.Code], _parse_choices
    ),
    blocks.BooleanBlock: Conversion(lambda block, value, context: bool(value), lambda block: bool, _parse_bool),
    blocks.IntegerBlock: Conversion(lambda block, value, context: value, lambda block: int | None, _parse_int),
    blocks.DateBlock: Conversion(
        lambda block, value, context: value.isoformat() if value else None,
        lambda block: shapes.Day | None,
        _parser(parse_date, "a day, YYYY-MM-DD"),
    ),
    blocks.TimeBlock: Conversion(
        lambda block, value, context: times.clock(value),
        lambda block: shapes.Clock | None,
        _parser(parse_time, "a time, HH:MM"),
    ),
    blocks.DateTimeBlock: Conversion(
        lambda block, value, context: times.instant(value),
        lambda block: shapes.Instant | None,
        _parser(parse_datetime, "an instant with offset, 2026-03-01T09:00:00+01:00"),
    ),
    blocks.RichTextBlock: Conversion(
        lambda block, value, context: rich_text.render(value.source if value else "", context),
        lambda block: shapes.RichText,
        lambda block, data, loader: rich_text.parse(data, loader),
    ),
    blocks.StructBlock: Conversion(_render_struct, _struct_shape, parse_struct),
    blocks.ListBlock: Conversion(_render_list, lambda block: list[shape(block.child_block)], _parse_list),  # type: ignore[misc]
    blocks.StreamBlock: Conversion(render_stream, stream_shape, parse_stream),
    blocks.PageChooserBlock: Conversion(
        lambda block, value, context: context.page_link(value.pk) if value else None,
        lambda block: shapes.Link | None,
        _parse_page,
    ),
    DocumentChooserBlock: Conversion(
        lambda block, value, context: context.document(value.pk) if value else None,
        lambda block: shapes.Document | None,
        _parse_document,
    ),
    ImageChooserBlock: Conversion(_refuse_image, _refuse_image, _refuse_image),
}
