"""What is wrong with plugins is reported at start: all of it, by name, with a cure, without a traceback."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.plugins import broken
from tests.plugins.packages import manage, put


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    broken.install_all(folder)
    return folder


@pytest.fixture(scope="module")
def report(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    data = tmp_path_factory.mktemp("data")
    result = manage(folder, "plugins", data=data, FORMIDLE_PLUGIN_SETTINGS=broken.SETTINGS)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stdout + result.stderr


def states_in(table: str) -> dict[str, str]:
    lines = [line.split() for line in table.splitlines() if " 1.0 " in line or " formidle " in line]
    return {words[0]: words[-1] for words in lines}


@pytest.mark.parametrize("variant", broken.BROKEN, ids=lambda variant: variant.name)
def test_each_fault_is_told_with_the_plugin_and_a_cure(variant: broken.Broken, report: str) -> None:
    lines = report.splitlines()
    told = "\n".join(f"{line}\n{cure}" for line, cure in pairwise(lines) if line.startswith(f"  {variant.name}: "))
    assert all(text in told for text in variant.says), told or report


def test_a_sound_plugin_is_not_blamed(report: str) -> None:
    assert "\n  home: " not in report
    assert "\n  articles: " not in report


def test_settings_for_a_plugin_that_is_not_there_are_told(report: str) -> None:
    assert "FORMIDLE_PLUGIN_SETTINGS: there is no plugin 'nobody'." in report


def test_the_list_shows_which_plugins_have_problems(report: str) -> None:
    states = states_in(report)
    assert states["home"] == "enabled"
    assert {name: states[name] for name in broken.names() if states[name] != "problem"} == {"circle-b": "enabled"}


@pytest.mark.slow
def test_disabled_plugins_do_no_harm_however_broken(folder: Path, tmp_path: Path) -> None:
    off = ",".join([*broken.names(), "not-installed"])
    result = manage(folder, "check", data=tmp_path, CMS_PLUGINS_DISABLE=off)
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n"), result.stderr
    result = manage(folder, "plugins", data=tmp_path, CMS_PLUGINS_DISABLE=off)
    assert result.returncode == 0, result.stderr
    assert "CMS_PLUGINS_DISABLE names not-installed, which is not installed." in result.stdout
    states = states_in(result.stdout)
    assert (states.pop("home"), states.pop("articles")) == ("enabled", "enabled")
    assert "network" in result.stdout
    assert states == dict.fromkeys(broken.names(), "disabled")


def test_a_model_of_the_same_name_does_harm_disabled_too(tmp_path: Path) -> None:
    broken.SAME_MODEL.install(tmp_path)
    for off in ("", "same-model"):
        result = manage(tmp_path, "check", data=tmp_path, CMS_PLUGINS_DISABLE=off)
        assert result.returncode == 1
        assert "same-model: its model Event is called as one of articles." in result.stderr
        assert "Rename the class, or uninstall one of the two packages." in result.stderr


def test_an_app_that_fails_in_ready_is_told(tmp_path: Path) -> None:
    config = """
        from django.apps import AppConfig


        class Config(AppConfig):
            name = "unready"

            def ready(self):
                raise ValueError("not today")
        """
    hooks = "raise RuntimeError('hooks of a disabled plugin')"
    files = {"plugin.py": broken.descriptor("unready"), "apps.py": config, "wagtail_hooks.py": hooks}
    put(tmp_path, "unready", files)
    result = manage(tmp_path, "check", data=tmp_path / "data")
    assert result.returncode == 1
    assert "unready: its app unready fails in ready(): ValueError: not today (unready.apps, line 9)." in result.stderr
    assert "Traceback" not in result.stderr
    search_hooks = "from wagtail.hooks import search_for_hooks; search_for_hooks()"
    disabled = manage(tmp_path, "shell", "-c", search_hooks, data=tmp_path / "data", CMS_PLUGINS_DISABLE="unready")
    assert disabled.returncode == 0, disabled.stderr


def test_settings_that_are_no_json_are_told(tmp_path: Path) -> None:
    result = manage(tmp_path, "check", data=tmp_path, FORMIDLE_PLUGIN_SETTINGS="{library: 1}")
    assert result.returncode == 1
    assert "FORMIDLE_PLUGIN_SETTINGS: it is not JSON" in result.stderr


def test_a_field_called_as_a_page_model_does_harm_disabled_too(tmp_path: Path) -> None:
    broken.FIELD_AS_MODEL.install(tmp_path)
    for off in ("", "field-as-model"):
        result = manage(tmp_path, "check", data=tmp_path, CMS_PLUGINS_DISABLE=off)
        assert result.returncode == 1
        assert all(text in result.stderr for text in broken.FIELD_AS_MODEL.says), result.stderr
