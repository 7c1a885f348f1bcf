from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from cms.api import filters
from cms.api.facets import facet_label, facet_names
from cms.api.fields import detail_keys
from cms.api.values import OneOf, Pattern, Text
from cms.content import kinds
from cms.plugins import registry
from cms.plugins.contract import Plugin
from cms.plugins.registry import ContentType
from cms.plugins.spec import ContentSpec, Expose

COURSE = ContentSpec(
    type="course",
    plural="courses",
    fields=(
        Expose("grade", kind=kinds.Choice((("basic", "Basic"), ("further", "Further"))), filters=("grade",)),
        Expose("open", kind=kinds.Flag(), filters=("open",), facets=("open",)),
        Expose("points", kind=kinds.Number(), filters=("points",)),
        Expose("school", kind=kinds.Text(), filters=("school",), facets=("school",)),
        Expose("themes", kind=kinds.Topics(), filters=("topic",), facets=("topic",)),
    ),
)


@dataclass
class _Meta:
    def get_field(self, name: str) -> Any:
        from django.core.exceptions import FieldDoesNotExist

        raise FieldDoesNotExist(name)


class CourseModel:
    _meta = _Meta()


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    content_type = ContentType(COURSE, CourseModel, Plugin(name="courses", app="courses", contract=1))
    monkeypatch.setattr(registry, "content_types", lambda: {"course": content_type})
    return ("course",)


def test_filters_of_a_plugin_take_the_values_of_their_kinds(types):
    found = {parameter.name: parameter.value for parameter in filters.filter_parameters(types)}
    assert list(found) == ["topic", "grade", "open", "points", "school"]
    assert isinstance(found["topic"], Pattern)
    assert found["grade"] == OneOf(("basic", "further"))
    assert found["open"] == OneOf(("true", "false"))
    assert found["points"].read("007") == "7"
    assert isinstance(found["school"], Text)


def test_facets_of_a_plugin_follow_the_known_ones(types):
    assert facet_names(types) == ("type", "topic", "year", "language", "open", "school")
    facet_label.cache_clear()
    assert facet_label("school") == "school"
    facet_label.cache_clear()


def test_keys_of_a_detail_document(types):
    keys = detail_keys(types)
    assert keys[:5] == ("id", "type", "locale", "language", "title")
    assert set(keys) > {"breadcrumbs", "related", "seo", "version", "school"}
