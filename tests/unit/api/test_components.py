from __future__ import annotations

from typing import TypedDict

from cms.api.openapi.components import Components, ref
from cms.content.summary_shape import RelatedSummary, Summary


class Figure(TypedDict):
    value: str


class Chart(TypedDict):
    figures: list[Figure]


def other_shapes() -> type:
    class Figure(TypedDict):
        value: int

    return TypedDict("Chart", {"figures": list[Figure]})  # type: ignore[misc, operator, no-any-return]


def test_shapes_of_one_name_that_differ_are_kept_apart():
    components = Components()
    assert components.of(list[Chart]) == {"type": "array", "items": ref("Chart")}
    assert components.of(other_shapes(), "Course") == ref("CourseChart")
    assert components.schemas["Figure"]["properties"]["value"] == {"type": "string"}
    assert components.schemas["CourseFigure"]["properties"]["value"] == {"type": "integer"}
    assert components.schemas["CourseChart"]["properties"]["figures"]["items"] == ref("CourseFigure")


def test_same_shape_twice_is_one():
    components = Components()
    assert components.of(Chart) == components.of(Chart, "Course")
    assert set(components.schemas) == {"Chart", "Figure"}


def test_summary_in_a_shape_is_any_types_summary():
    components = Components()
    assert components.of(Summary | None) == {"anyOf": [ref("AnySummary"), {"type": "null"}]}
    assert components.of(list[RelatedSummary]) == {"type": "array", "items": ref("AnyRelated")}
    assert "Summary" not in components.schemas
