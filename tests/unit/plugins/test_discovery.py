from __future__ import annotations

from importlib.metadata import EntryPoint

from cms.plugins import discovery
from cms.plugins.contract import ENTRY_POINT_GROUP, Plugin

library = Plugin(name="library", app="formidle_library", contract=1)
museum = Plugin(name="museum", app="formidle_museum", contract=1, requires=("library",))
exhibition = Plugin(name="exhibition", app="formidle_exhibition", contract=1, requires=("museum",))


def point(name: str, attribute: str = "") -> EntryPoint:
    return EntryPoint(name, f"{__name__}:{attribute or name}", ENTRY_POINT_GROUP)


def test_plugins_are_enabled_in_the_order_of_their_requirements() -> None:
    found = discovery.installed(points=[point("museum"), point("library")])
    assert found.enabled == (library, museum)
    assert found.apps == ["formidle_library", "formidle_museum"]
    assert found.problems == ()


def test_a_disabled_plugin_keeps_its_app() -> None:
    found = discovery.installed(disable=["museum"], points=[point("museum"), point("library")])
    assert (found.enabled, found.disabled) == ((library,), (museum,))
    assert found.apps == ["formidle_library", "formidle_museum"]


def test_disabling_what_others_require_is_a_problem() -> None:
    found = discovery.installed(disable=["library"], points=[point("museum"), point("library")])
    assert [each.plugin for each in found.problems] == ["museum"]
    assert "CMS_PLUGINS_DISABLE=library,museum" in found.problems[0].cure


def test_what_requires_something_incomplete_is_not_loaded_either() -> None:
    found = discovery.installed(points=[point("museum"), point("exhibition")])
    assert found.enabled == ()
    assert [each.plugin for each in found.problems] == ["museum"]


def test_a_descriptor_that_cannot_be_read_is_found_all_the_same() -> None:
    found = discovery.installed(points=[point("library"), point("gone")])
    assert [(each.name, each.plugin) for each in found.found] == [("gone", None), ("library", library)]
    assert [each.plugin for each in found.problems] == ["gone"]


def test_disabled_it_is_no_problem() -> None:
    assert discovery.installed(disable=["gone"], points=[point("gone")]).problems == ()


def test_of_one_distribution_the_version_is_known() -> None:
    found = {each.name: each.distribution for each in discovery.installed().found}
    assert found["home"].startswith("formidle ")
