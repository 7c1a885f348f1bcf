from __future__ import annotations

from dataclasses import dataclass

import pytest

from cms.plugins import configuration
from cms.plugins.contract import Plugin


@dataclass(frozen=True)
class Settings:
    days: int = 14
    share: float = 0.5
    name: str = ""
    open: bool = True
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("days is negative")


PLUGIN = Plugin(name="library", app="library", contract=1, settings=Settings)


def test_values_come_by_plugin() -> None:
    values, problems = configuration.from_json('{"library": {"days": 3}}', known={"library"})
    assert (values, problems) == ({"library": {"days": 3}}, [])


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_is_no_settings(text: str) -> None:
    assert configuration.from_json(text, known=()) == ({}, [])


@pytest.mark.parametrize("text", ["{", "[]", '{"library": 3}', "null"])
def test_anything_else_than_objects_of_objects_is_told(text: str) -> None:
    values, [problem] = configuration.from_json(text, known={"library"})
    assert values == {}
    assert "loan_days" in problem.cure


def test_values_override_the_defaults_and_lists_become_tuples() -> None:
    assert configuration.filled(PLUGIN, {"days": 3, "tags": ["a"]}) == Settings(days=3, tags=("a",))


@pytest.mark.parametrize(
    "values",
    [{"days": "3"}, {"days": True}, {"share": "half"}, {"name": 3}, {"open": 1}, {"tags": "a"}, {"tags": [1]}],
)
def test_a_value_of_another_type_is_told(values: dict[str, object]) -> None:
    [problem] = configuration.faults(PLUGIN, values)
    assert problem.cure.startswith("Give a value of type")


def test_a_whole_number_is_a_number() -> None:
    assert configuration.faults(PLUGIN, {"share": 1}) == []


def test_what_the_plugin_itself_refuses_is_told() -> None:
    [problem] = configuration.faults(PLUGIN, {"days": -1})
    assert "days is negative" in problem.message


def test_a_plugin_without_settings_takes_none() -> None:
    [problem] = configuration.faults(Plugin(name="bare", app="bare", contract=1), {"days": 1})
    assert "it has no settings, but is given 'days'." in problem.message
