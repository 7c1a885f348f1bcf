"""Walks the types of ``cms.content.shapes``: JSON Schema for OpenAPI, and the words of a value for search."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from cms.content.shapes import Format

SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}


def schema(shape: Any, components: dict[str, dict[str, Any]], prefix: str = "#/components/schemas/") -> dict[str, Any]:
    """JSON Schema (2020-12) of a shape; every TypedDict on the way lands in ``components`` and is referred to.

    >>> schema(list[int], {})
    {'type': 'array', 'items': {'type': 'integer'}}
    """
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _annotated(shape, components, prefix)
    if shape in SCALARS:
        return dict(SCALARS[shape])
    if shape is Any:
        return {}
    if origin is Literal:
        return {"type": SCALARS[type(arguments[0])]["type"], "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": schema(arguments[0], components, prefix)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema(arguments[1], components, prefix) or True}
    if origin in (Union, types.UnionType):
        return _union(arguments, components, prefix)
    if is_typeddict(shape):
        return _object(shape, components, prefix)
    raise TypeError(f"{shape!r} is not a shape: use TypedDict, list, Literal, Annotated, a union or a scalar.")


def _annotated(shape: Any, components: dict[str, dict[str, Any]], prefix: str) -> dict[str, Any]:
    base, *markers = get_args(shape)
    found = schema(base, components, prefix)
    for marker in markers:
        if isinstance(marker, Format):
            if marker.name:
                found["format"] = marker.name
            if marker.pattern:
                found["pattern"] = marker.pattern
        elif isinstance(marker, str):
            found["description"] = marker
    return found


def _union(arguments: tuple[Any, ...], components: dict[str, dict[str, Any]], prefix: str) -> dict[str, Any]:
    nullable = type(None) in arguments
    options = [schema(each, components, prefix) for each in arguments if each is not type(None)]
    tagged = [each for each in arguments if is_typeddict(each) and _tag(each)]
    if len(tagged) == len(options) > 1:
        found: dict[str, Any] = {
            "oneOf": options,
            "discriminator": {
                "propertyName": "type",
                "mapping": {_tag(each): option["$ref"] for each, option in zip(tagged, options, strict=True)},
            },
        }
        return {"anyOf": [found, {"type": "null"}]} if nullable else found
    if nullable and len(options) == 1 and isinstance(options[0].get("type"), str) and "enum" not in options[0]:
        return {**options[0], "type": [options[0]["type"], "null"]}
    if nullable:
        options.append({"type": "null"})
    return options[0] if len(options) == 1 else {"anyOf": options}


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


@cache
def _tag(shape: Any) -> str:
    """The one value of the key ``type``: what tells the members of a union apart."""
    hint = get_type_hints(shape).get("type")
    values = get_args(hint) if get_origin(hint) is Literal else ()
    return values[0] if len(values) == 1 else ""


def _object(shape: Any, components: dict[str, dict[str, Any]], prefix: str) -> dict[str, Any]:
    name = shape.__name__
    reference = {"$ref": prefix + name}
    if name in components:
        return reference
    found: dict[str, Any] = {"type": "object"}
    components[name] = found  # before the properties, so that a shape may contain itself
    hints = get_type_hints(shape, include_extras=True)
    doc = (shape.__doc__ or "").strip()
    if doc and not doc.startswith("dict("):
        found["description"] = " ".join(doc.split())
    found["properties"] = {key: schema(hint, components, prefix) for key, hint in hints.items()}
    found["required"] = [key for key in hints if key in shape.__required_keys__]
    return reference


def texts(shape: Any, value: Any) -> Iterator[str]:
    """The words in a value that people read, in order, HTML taken off; URLs, codes and dates are left out.

    >>> list(texts(list[str], ["Hamar", ""]))
    ['Hamar']
    """
    if value in (None, "", []):
        return
    origin, arguments = get_origin(shape), get_args(shape)
    if shape is str:
        yield value
    elif origin is Annotated:
        base, *markers = arguments
        formats = [marker for marker in markers if isinstance(marker, Format)]
        if any(marker.name == "html" for marker in formats):
            yield from passages(value)
        elif not formats:
            yield from texts(base, value)
    elif origin is list:
        for item in value:
            yield from texts(arguments[0], item)
    elif origin in (Union, types.UnionType):
        yield from texts(_member(arguments, value), value)
    elif is_typeddict(shape):
        for key, hint in _hints(shape).items():
            yield from texts(hint, value.get(key))


def _member(arguments: tuple[Any, ...], value: Any) -> Any:
    options = [each for each in arguments if each is not type(None)]
    if isinstance(value, dict):
        for option in options:
            if is_typeddict(option) and _tag(option) == value.get("type"):
                return option
    return options[0]


class _Passages(HTMLParser):
    BREAKS = frozenset({"p", "li", "ul", "ol", "br", "td", "th", "tr", "h2", "h3", "h4"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in self.BREAKS and self.found[-1]:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


def passages(html: str) -> list[str]:
    """The paragraphs and list items of an HTML text, without tags.

    >>> passages("<p>Velkommen <strong>alle</strong></p><ul><li>én</li></ul>")
    ['Velkommen alle', 'én']
    """
    parser = _Passages()
    parser.feed(html)
    parser.close()
    return [text for each in parser.found if (text := " ".join(each.split()))]
