from __future__ import annotations

from cms.plugins import requirements
from cms.plugins.contract import Plugin


def plugins(**requires: tuple[str, ...]) -> dict[str, Plugin]:
    return {name: Plugin(name=name, app=name, contract=1, requires=each) for name, each in requires.items()}


def names(found: list[Plugin]) -> list[str]:
    return [plugin.name for plugin in found]


def test_a_plugin_comes_after_those_it_requires() -> None:
    assert names(requirements.in_order(plugins(a=("c",), b=(), c=("b",)))) == ["b", "c", "a"]


def test_without_requirements_they_come_by_name() -> None:
    assert names(requirements.in_order(plugins(b=(), a=()))) == ["a", "b"]


def test_a_circle_has_some_order_too() -> None:
    assert sorted(names(requirements.in_order(plugins(a=("b",), b=("a",))))) == ["a", "b"]


def test_a_circle_is_told_once_from_its_first_name() -> None:
    found = list(requirements.problems(plugins(c=("a",), a=("b",), b=("c",), d=("a",)), broken=(), disabled=()))
    assert [(each.plugin, each.message) for each in found] == [
        ("a", "plugins require each other in a circle: a → b → c → a.")
    ]


def test_a_plugin_that_requires_itself_is_a_circle() -> None:
    [found] = requirements.problems(plugins(a=("a",)), broken=(), disabled=())
    assert "a → a" in found.message


def test_the_cure_depends_on_why_the_required_one_is_not_there() -> None:
    found = list(requirements.problems(plugins(a=("gone", "ill", "off")), broken={"ill"}, disabled={"off"}))
    assert [each.cure.partition(",")[0] for each in found] == [
        "Install gone",
        "Repair ill",
        "Enable off: take it out of CMS_PLUGINS_DISABLE",
    ]
