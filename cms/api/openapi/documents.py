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
    unions: dict[str, dict[str, Schema]] = {"Summary": {}, "Detail": {}}
    some: list[Schema] = []
    for content_type in registry.content_types().values():
        name = type_name(content_type)
        summary = _summary(components, content_type)
        detail = _detail(components, content_type)
        unions["Summary"][content_type.name] = components.add(f"{name}Summary", _object(summary))
        unions["Detail"][content_type.name] = components.add(f"{name}Detail", _object(detail))
        some.append(components.add(f"{name}Fields", _part(detail)))
        _add_lists(components, name, ref(f"{name}Summary"), ref(f"{name}Fields"))
    components.add("AnySummary", _one_of(unions["Summary"]))
    components.add("AnyDocument", _one_of(unions["Detail"]))
    components.add("AnyFields", {"anyOf": some})
    related = get_type_hints(RelatedSummary)["reason"]
    components.add("AnyRelated", _and(_object({"reason": components.of(related)})))
    components.of(Scored)
    components.add("AnyHit", _and(ref("Scored")))
    _add_lists(components, "Content", ref("AnySummary"), ref("AnyFields"))
    components.add(
        "ResolvedPage",
        _object({"kind": {"type": "string", "enum": ["page"]}, "document": ref("AnyDocument")}),
    )


def _summary(components: Components, content_type: ContentType) -> dict[str, Schema]:
    return {**_head(components, content_type), **_own(components, content_type, summary=True)}


def _detail(components: Components, content_type: ContentType) -> dict[str, Schema]:
    head = _head(components, content_type)
    hints = get_type_hints(Detail, include_extras=True)
    rest = {key: components.of(hint) for key, hint in hints.items() if key not in head}
    return {**head, **_own(components, content_type, summary=False), **rest}


def _head(components: Components, content_type: ContentType) -> dict[str, Schema]:
    """The keys of every summary; ``type`` has one value, which tells the types apart."""
    head = {key: components.of(hint) for key, hint in get_type_hints(Summary, include_extras=True).items()}
    return {**head, "type": {"type": "string", "enum": [content_type.name]}}


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


def _add_lists(components: Components, name: str, summary: Schema, fields: Schema) -> None:
    for suffix, item, about in (
        ("List", summary, "A page of a list; `next` and `previous` are null at the ends."),
        ("FieldsList", fields, "The same list when the request has `fields`."),
    ):
        url = components.of(shapes.Url | None)
        listed = _object({"results": {"type": "array", "items": item}, "next": url, "previous": url})
        components.add(f"{name}{suffix}", {"description": about, **listed})


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _part(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "description": "The keys that the request's `fields` names, or all of them for `*`.",
        "properties": properties,
    }


def _and(more: Schema) -> Schema:
    return {"allOf": [ref("AnySummary"), more]}


def _one_of(members: dict[str, Schema]) -> Schema:
    return {
        "oneOf": list(members.values()),
        "discriminator": {
            "propertyName": "type",
            "mapping": {name: member["$ref"] for name, member in members.items()},
        },
    }
