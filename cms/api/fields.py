"""``fields=a,b``: which keys of the detail document an answer shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

import orjson

from cms.api.document_shapes import Detail
from cms.api.parameters import Parameter
from cms.api.problems import Fault
from cms.api.values import OneOf
from cms.plugins import registry

MOST_WHOLE = 50


@cache
def detail_keys(types: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of the types' detail documents, those of every type first."""
    own = [expose.name for each in types for expose in registry.content_types()[each].spec.fields]
    return tuple(dict.fromkeys([*get_type_hints(Detail), *own]))


@cache
def fields_parameter(types: tuple[str, ...]) -> Parameter:
    return Parameter(
        name="fields",
        value=OneOf(("*", *detail_keys(types))),
        many=True,
        most=100,
        description="Keys of the detail document to show instead of the usual ones; `*` for whole documents. "
        "A key that a result's type does not have is left out of it.",
        example=["title", "image"],
    )


def check_fields(values: Mapping[str, Any], limit_given: bool = False) -> list[Fault]:
    fields = values.get("fields", ())
    if "*" not in fields:
        return []
    faults = [Fault("fields", "`*` is everything; it goes with no other key.")] if len(fields) > 1 else []
    if limit_given and values.get("limit", 0) > MOST_WHOLE:
        faults.append(Fault("limit", f"with `fields=*` at most {MOST_WHOLE}."))
    if len(values.get("ids", ())) > MOST_WHOLE:
        faults.append(Fault("ids", f"with `fields=*` at most {MOST_WHOLE}."))
    return faults


def pick(detail: bytes, fields: Sequence[str]) -> bytes:
    """The JSON of a detail document with only these keys, in the order asked for; untouched for ``*``."""
    if tuple(fields) == ("*",):
        return detail
    document = orjson.loads(detail)
    return orjson.dumps({name: document[name] for name in fields if name in document})
