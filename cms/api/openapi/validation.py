"""Stored documents against the description of the API: whether clients get what it promises, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from cms.api.openapi.components import ref
from cms.api.openapi.documents import type_name
from cms.api.openapi.generator import openapi
from cms.plugins import registry
from cms.publishing import reads

AT_ONCE = 100
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """``what`` is document, summary, navigation or site, ``id`` the page's or the site's, ``pointer`` where in it."""

    what: str
    id: int
    path: str
    pointer: str
    reason: str

    def __str__(self) -> str:
        return f"{self.what} {self.id} {self.path} {self.pointer}: {self.reason}"


class Description:
    """The named schemas, ready to be held against values."""

    def __init__(self) -> None:
        self.schemas = {name: _closed(schema) for name, schema in openapi()["components"]["schemas"].items()}
        kind = extend(Draft202012Validator, {"$ref": self._named, "oneOf": self._told_apart})
        self.validator = kind({}, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def faults(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Pointer and reason of everything that is not as the schema of that name says."""
        for error in self.validator.descend(value, ref(name)):
            while error.context:  # of a union, the member that fits best
                error = max(error.context, key=lambda each: len(each.absolute_path))
            yield "".join(f"/{_escaped(part)}" for part in error.absolute_path), error.message[:300]

    def _named(self, validator: Any, reference: str, value: Any, schema: Schema) -> Iterator[ValidationError]:
        """All references lead to components: nothing has to be looked up elsewhere."""
        yield from validator.descend(value, self.schemas[reference.rpartition("/")[2]])

    def _told_apart(self, validator: Any, members: Any, value: Any, schema: Schema) -> Iterator[ValidationError]:
        """Only the member that ``type`` names is asked: quicker, and its faults are the ones to read."""
        mapping = schema["discriminator"]["mapping"]
        tag = value.get("type") if isinstance(value, dict) else None
        if tag in mapping:
            yield from validator.descend(value, ref(mapping[tag].rpartition("/")[2]))
        else:
            yield ValidationError(f"the type {tag!r} is none of {', '.join(mapping)}")


def faults() -> Iterator[Fault]:
    """Of every live document, its summary, and the menus and settings of every site in every locale."""
    description = Description()
    ids = sorted(reads.live_versions())
    for start in range(0, len(ids), AT_ONCE):
        for row in reads.documents(None, ids[start : start + AT_ONCE], detail=True):
            for what, suffix, body in (("document", "Detail", row.detail), ("summary", "Summary", row.summary)):
                for pointer, reason in _document_faults(description, row.type, suffix, body):
                    yield Fault(what, row.id, row.path, pointer, reason)
    for site in reads.sites():
        trees = (reads.tree(site.id, code) for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES)
        for tree in filter(None, trees):
            for what, name, body in (("navigation", "Navigation", tree.navigation), ("site", "Site", tree.settings)):
                for pointer, reason in description.faults(name, orjson.loads(body)):
                    yield Fault(what, site.id, site.hostname, pointer, reason)


def _document_faults(description: Description, type_: str, suffix: str, body: bytes) -> Iterator[tuple[str, str]]:
    content_type = registry.content_types().get(type_)
    if content_type is None:
        yield "", f"the type {type_} is not installed"
    else:
        yield from description.faults(type_name(content_type) + suffix, orjson.loads(body))


def _closed(schema: Schema) -> Schema:
    """Clients skip keys that they do not know, but we do not send keys that we do not describe."""
    return {**schema, "additionalProperties": False} if "properties" in schema else schema


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
