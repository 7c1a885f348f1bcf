from __future__ import annotations

from typing import Any, Literal, TypedDict

import pytest

from cms.content import shapes
from cms.content.shape_types import schema
from cms.plugins.tools.json_types import described


class A(TypedDict):
    type: Literal["a"]


class B(TypedDict):
    type: Literal["b"]


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (str, "string"),
        (int | None, "integer or null"),
        (shapes.Instant | None, "string (date-time) or null"),
        (shapes.Code, "string"),
        (Literal["a", "b"], '"a", "b"'),
        (Literal[2, 3], "2, 3"),
        (list[shapes.Topic], "list of Topic"),
        (shapes.Place | None, "Place or null"),
        (dict[str, list[str]], "object of list of string"),
        (list[A | B], "list of blocks"),
        (A | B, "one of a, b"),
    ],
)
def test_shapes_in_words(shape: Any, text: str) -> None:
    assert described(schema(shape, {})) == text
