"""The type reference in Markdown: every key of every type of the enabled plugins, every block, every object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import translation

from cms.content import summary_shape
from cms.content.blocks.body import BODY_BLOCKS
from cms.content.kinds.table import kind_of
from cms.content.shape_types import schema
from cms.plugins import registry
from cms.plugins.registry import ContentType
from cms.plugins.spec import Expose
from cms.plugins.tools import json_types

HEAD = """\
# Type reference

Generated from the declarations by `python3 dev.py manage plugins --docs`; not edited by hand.
Every key is always there: an absent text is `""`, an absent list `[]`, anything else `null`.
"""
Schemas = dict[str, dict[str, Any]]


def reference() -> str:
    objects: Schemas = {}
    with translation.override("en"):
        parts = [HEAD, _common(objects)]
        parts += [_type(each, objects) for each in registry.content_types().values()]
        parts += [_blocks(objects), _objects(objects)]
    return "\n".join(parts)


def _common(objects: Schemas) -> str:
    found: Schemas = {}
    schema(summary_shape.RelatedSummary, found)
    objects |= found
    rows = ((f"`{key}`", _json(each)) for key, each in found["RelatedSummary"]["properties"].items() if key != "reason")
    detail = (
        "In lists and in detail. Detail adds `breadcrumbs`, `translations`, `related`, `similar_url`, `seo`, `version`."
    )
    return "\n".join(["## Every type", "", detail, "", *_table(("key", "JSON"), rows), ""])


def _type(content_type: ContentType, objects: Schemas) -> str:
    spec = content_type.spec
    label = str(content_type.model._meta.verbose_name)
    about = [f"{label[:1].upper()}{label[1:]}, of the plugin `{content_type.plugin.name}`: `/api/v1/{spec.plural}/`."]
    about.append(f"In schema.org it is a `{spec.schema_org}`.")
    if spec.dates:
        about.append(f"Dated by its own `{spec.dates[0]}` and `{spec.dates[1]}`.")
    if spec.filters:
        about.append(f"Filters: {', '.join(f'`{name}`' for name in sorted(spec.filters))}.")
    rows = (_field(content_type, expose, objects) for expose in spec.fields)
    headings = ("key", "JSON", "in lists", "search", "facets", "about")
    return "\n".join([f"## `{spec.type}`", "", " ".join(about), "", *_table(headings, rows), ""])


def _field(content_type: ContentType, expose: Expose, objects: Schemas) -> tuple[str, ...]:
    found: Schemas = {}
    json = schema(kind_of(content_type.model, expose).shape(), found)
    # of two objects that differ under one name, the second gets its type's name before it
    names = {
        name: f"{content_type.model.__name__}{name}" if objects.get(name, each) != each else name
        for name, each in found.items()
    }
    objects |= {names[name]: _renamed(each, names) for name, each in found.items()}
    return (
        f"`{expose.name}`",
        _json(_renamed(json, names)),
        "yes" if expose.summary else "",
        f"{expose.search:g}" if expose.search else "",
        ", ".join(f"`{name}`" for name in expose.facets),
        expose.description or _help_text(content_type.model, expose.attribute),
    )


def _renamed(found: Any, names: dict[str, str]) -> Any:
    if isinstance(found, dict):
        return {key: _renamed(each, names) for key, each in found.items()}
    if isinstance(found, list):
        return [_renamed(each, names) for each in found]
    if isinstance(found, str) and found.startswith(json_types.PREFIX):
        name = found.removeprefix(json_types.PREFIX)
        return json_types.PREFIX + names.get(name, name)
    return found


def _help_text(model: Any, attribute: str) -> str:
    try:
        return str(model._meta.get_field(attribute).help_text)
    except FieldDoesNotExist:
        return ""


def _blocks(objects: Schemas) -> str:
    """Blocks are the objects {id, type, value} whose type is a single word."""
    blocks = {name: found["properties"] for name, found in objects.items() if _is_block(found)}
    for name in blocks:
        del objects[name]
    rows = ((f"`{each['type']['enum'][0]}`", _json(each["value"])) for each in blocks.values())
    about = "Each is `{id, type, value}`. A key holds any of them, or those that it names."
    return "\n".join(["## Blocks", "", about, "", *_table(("type", "value"), rows), ""])


def _is_block(found: dict[str, Any]) -> bool:
    properties = found.get("properties", {})
    return set(properties) == {"id", "type", "value"} and len(properties["type"].get("enum", ())) == 1


def _objects(objects: Schemas) -> str:
    lines = ["## Objects"]
    for name, found in sorted(objects.items()):
        lines += ["", f"### {name}", ""]
        if "description" in found:
            lines += [found["description"].replace("``", "`"), ""]
        lines += _table(("key", "JSON"), ((f"`{key}`", _json(each)) for key, each in found["properties"].items()))
    return "\n".join(lines) + "\n"


def _json(found: dict[str, Any]) -> str:
    if "oneOf" in found.get("items", {}):
        words = list(found["items"]["discriminator"]["mapping"])
        if words == [name for name, _ in BODY_BLOCKS]:
            return "list of [blocks](#blocks)"
        return f"list of [blocks](#blocks): {', '.join(f'`{word}`' for word in words)}"
    return json_types.described(found, lambda name: f"[{name}](#{name.lower()})")


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"| {' | '.join('---' for _ in headings)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
