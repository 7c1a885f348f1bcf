"""Schemas of documents: of each content type its summary, its detail, and what ``fields`` leaves of it."""

from __future__ import annotations

from typing import Any, get_type_hints

from cms.api.answers import Scored
from cms.api.document_shapes import Detail
from cms.api.openapi.components import Components, Schema, ref
from cms.content import shapes
from cms.content.serializers import ExposedField, own_serializer
from cms.content.summary_shape import RelatedSummary, Summary
from cms.plugins import registry
from cms.plugins.registry import ContentType


def type_name(content_type: ContentType) -> str:
    """``news-article`` → ``NewsArticle``."""
    return "".join(word.capitalize() for word in content_type.name.split("-"))


def add_documents(components: Components) -> None:
    """Of every type, and the unions over all types."""
    reason = _typed(components, RelatedSummary, but=Summary)
    score = _typed(components, Scored)
    unions: dict[str, dict[str, Schema]] = {}
    for content_type in registry.content_types().values():
        name = type_name(content_type)
        summary = _summary(components, content_type)
        detail = _detail(components, content_type)
        for suffix, union, properties in (
            ("Summary", "AnySummary", summary),
            ("Related", "AnyRelated", {**summary, **reason}),
            ("Hit", "AnyHit", {**summary, **score}),
            ("Detail", "AnyDocument", detail),
        ):
            # Every key is spelled out: generators lose the discriminator of a union inside an allOf.
            unions.setdefault(union, {})[content_type.name] = components.add(name + suffix, _object(properties))
        components.add(f"{name}Fields", _part(detail))
        _add_list(components, name, f"{name}Summary", f"{name}Detail", f"{name}Fields")
    for union, members in unions.items():
        components.add(union, _one_of(members))
    names = [type_name(each) for each in registry.content_types().values()]
    components.add("AnyFields", {"anyOf": [ref(f"{name}Fields") for name in names]})
    _add_list(components, "Content", "AnySummary", "AnyDocument", "AnyFields")
    components.add("DocumentAnswer", {"anyOf": [ref("AnyDocument"), _picked("AnyFields")]})
    components.add(
        "ResolvedPage",
        _object({"kind": {"type": "string", "enum": ["page"]}, "document": ref("AnyDocument")}),
    )


def _summary(components: Components, content_type: ContentType) -> dict[str, Schema]:
    return {**_head(components, content_type), **_own(components, content_type, summary=True)}


def _detail(components: Components, content_type: ContentType) -> dict[str, Schema]:
    head = _head(components, content_type)
    return {**head, **_own(components, content_type, summary=False), **_typed(components, Detail, but=Summary)}


def _head(components: Components, content_type: ContentType) -> dict[str, Schema]:
    """The keys of every summary; ``type`` has one value, which tells the types apart."""
    return {**_typed(components, Summary), "type": {"type": "string", "enum": [content_type.name]}}


def _own(components: Components, content_type: ContentType, summary: bool) -> dict[str, Schema]:
    name = type_name(content_type)
    fields: Any = own_serializer(content_type, summary)().fields
    found: dict[str, Schema] = {}
    for key, field in fields.items():
        assert isinstance(field, ExposedField)
        schema = components.of(field.kind.shape(), name)
        if key == "body" and "oneOf" in schema.get("items", {}):
            schema = {"type": "array", "items": components.add_for(name, "Block", schema["items"])}
        if field.help_text and "$ref" not in schema:
            schema = {**schema, "description": str(field.help_text)}
        found[key] = schema
    return found


def _add_list(components: Components, name: str, summary: str, detail: str, fields: str) -> None:
    url = components.of(shapes.Url | None)
    item = {
        "description": "A summary; with `fields=*` the whole document, with other `fields` the keys that they name.",
        "anyOf": [ref(summary), ref(detail), _picked(fields)],
    }
    about = "A page of a list; `next` and `previous` are null at the ends."
    listed = _object({"results": {"type": "array", "items": item}, "next": url, "previous": url})
    components.add(f"{name}List", {"description": about, **listed})


def _picked(fields: str) -> Schema:
    """What a request with ``fields`` gets.

    Validators read the condition, which always holds, and so check every key that is there. Generators of types leave
    conditions out and see an object without keys, which takes nothing from the other members of the union: whoever
    asks without ``fields`` has keys that are always there, whoever asks with it names the schema as the answer's type.
    """
    return {
        "type": "object",
        "description": f"With `fields`: the keys that it names, as in {fields}.",
        "if": True,
        "then": ref(fields),
    }


def _typed(components: Components, shape: Any, but: Any = None) -> dict[str, Schema]:
    """Properties of a shape, without those of another."""
    left_out = get_type_hints(but) if but else {}
    hints = get_type_hints(shape, include_extras=True)
    return {key: components.of(hint) for key, hint in hints.items() if key not in left_out}


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _part(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "description": "The keys that the request's `fields` names.",
        "properties": properties,
    }


def _one_of(members: dict[str, Schema]) -> Schema:
    return {
        "oneOf": list(members.values()),
        "discriminator": {
            "propertyName": "type",
            "mapping": {name: member["$ref"] for name, member in members.items()},
        },
    }
