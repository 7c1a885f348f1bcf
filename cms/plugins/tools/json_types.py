"""JSON Schema as short texts: ``list of [Topic](#topic)``, ``string (date-time) or null``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

PREFIX = "#/components/schemas/"
Link = Callable[[str], str]


def plain(name: str) -> str:
    return name


def described(schema: dict[str, Any], link: Link = plain) -> str:
    """``link`` writes the name of an object."""
    if "$ref" in schema:
        return link(schema["$ref"].removeprefix(PREFIX))
    if "oneOf" in schema:
        return "one of " + ", ".join(schema["discriminator"]["mapping"])
    if "anyOf" in schema:
        return " or ".join(described(option, link) for option in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if isinstance(schema.get("type"), list):
        return " or ".join(described({**schema, "type": each}, link) for each in schema["type"])
    return _plain_type(schema, link)


def _plain_type(schema: dict[str, Any], link: Link) -> str:
    match schema.get("type"):
        case "array" if "oneOf" in schema["items"]:
            return "list of blocks"
        case "array":
            return f"list of {described(schema['items'], link)}"
        case "object":
            values = schema.get("additionalProperties")
            return f"object of {described(values, link)}" if isinstance(values, dict) else "object"
        case "string" if "format" in schema:
            return f"string ({schema['format']})"
        case None:
            return "anything"
        case type_:
            return str(type_)
