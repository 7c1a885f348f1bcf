"""Compares rendered JSON with the shape that was declared for it."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from cms.content.shape_types import schema

OPEN = frozenset({"Summary", "RelatedSummary"})
"""Stand for the summaries of every type, which have further keys."""


def differences(shape: Any, value: Any) -> list[str]:
    """Where a value is not what its shape says, with a key too many as well: ``offer[0].value.unit: …``."""
    components: dict[str, dict[str, Any]] = {}
    root = schema(shape, components)
    for name, component in components.items():
        if name not in OPEN:
            component["additionalProperties"] = False
    validator = Draft202012Validator({**root, "components": {"schemas": components}})
    errors = sorted(validator.iter_errors(value), key=lambda error: error.json_path)
    return [f"{error.json_path.removeprefix('$')}: {error.message}" for error in errors]
