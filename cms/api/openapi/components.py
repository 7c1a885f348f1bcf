"""Named schemas of the API's values, made from their shapes."""

from __future__ import annotations

from typing import Any

from cms.content import shape_types

PREFIX = "#/components/schemas/"
Schema = dict[str, Any]

STAND_INS = {"Summary": "AnySummary", "RelatedSummary": "AnyRelated", "Hit": "AnyHit"}
"""Shapes that only say "some page's summary here"; each becomes the union of every type's."""


def ref(name: str) -> Schema:
    return {"$ref": PREFIX + name}


class Components:
    """Collects named schemas. Of two that differ under one name, the second one gets its owner's name before it."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def add(self, name: str, schema: Schema) -> Schema:
        if self.schemas.setdefault(name, schema) != schema:
            raise ValueError(f"There are two different schemas named {name}.")
        return ref(name)

    def add_for(self, owner: str, name: str, schema: Schema) -> Schema:
        """The name where it is free or means the same, otherwise the owner's."""
        return self.add(name if self.schemas.get(name, schema) == schema else owner + name, schema)

    def of(self, shape: Any, owner: str = "") -> Schema:
        """The schema of a shape; what it refers to is added."""
        found: dict[str, Schema] = {}
        schema = shape_types.schema(shape, found)
        for name in STAND_INS:
            found.pop(name, None)
        names = self._names(found, owner)
        for name, each in found.items():
            self.add(names[name], _renamed(each, names))
        return _renamed(schema, names)

    def _names(self, found: dict[str, Schema], owner: str) -> dict[str, str]:
        names = {**STAND_INS, **{name: name for name in found}}
        while True:  # a schema that refers to a renamed one differs as well
            differing = [
                name
                for name, each in found.items()
                if names[name] == name and self.schemas.get(name) not in (None, _renamed(each, names))
            ]
            if not differing:
                return names
            names |= {name: owner + name for name in differing}


def _renamed(schema: Any, names: dict[str, str]) -> Any:
    """The schema with its references led to other names."""
    if isinstance(schema, list):
        return [_renamed(each, names) for each in schema]
    if isinstance(schema, dict):
        return {key: _renamed(each, names) for key, each in schema.items()}
    if isinstance(schema, str) and schema.startswith(PREFIX):
        name = schema.removeprefix(PREFIX)
        return PREFIX + names.get(name, name)
    return schema
