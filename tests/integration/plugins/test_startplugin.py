from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.integration.plugins.installing import pip_install, run_pytest


@pytest.mark.slow
def test_a_new_plugin_passes_its_own_tests(tmp_path: Path) -> None:
    project = tmp_path / "project"
    call_command("startplugin", "course-plan", project, type="course", plural="courses", verbosity=0)
    pip_install(project, tmp_path / "installed", tmp_path / "work")
    output = run_pytest(
        tmp_path / "installed", "tests", cwd=project, DJANGO_SETTINGS_MODULE="cms.plugins.test_settings"
    )
    assert "12 passed" in output


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("Big Thing", {}, "is not lower-case words joined by hyphens"),
        ("articles", {}, "The plugin name 'articles' is taken."),
        ("meetings", {"type": "event"}, "The type 'event' is taken."),
        ("meetings", {"plural": "search"}, "The plural 'search' is taken."),
    ],
)
def test_a_name_that_cannot_be_is_refused(name: str, options: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("startplugin", name, tmp_path / "project", **options)
    assert not (tmp_path / "project").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is there already"):
        call_command("startplugin", "meetings", tmp_path)
