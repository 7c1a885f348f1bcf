"""dev.py: what it decides before it runs anything."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev

LOCKS = ("requirements.txt", "requirements-dev.txt")


class ExecutedError(Exception):
    """Raised in place of replacing the test's own process."""


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[list[str], dict[str, str]]]:
    """Calls of execve, with an environment that is ready and a data folder that has a database."""
    calls: list[tuple[list[str], dict[str, str]]] = []

    def execve(path: Path, arguments: list[str], env: dict[str, str]) -> None:
        calls.append((arguments, env))
        raise ExecutedError

    (tmp_path / "db.sqlite3").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dev, "DATA", tmp_path)
    monkeypatch.setattr(dev, "ensure_environment", lambda **options: None)
    monkeypatch.setattr("os.execve", execve)
    return calls


def test_dev_py_needs_the_standard_library_alone():
    tree = ast.parse(Path(dev.__file__).read_text())
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("arguments", "data", "rest"),
    [
        (["check"], ".", ["check"]),
        (["--data", "x", "check"], "x", ["check"]),
        (
            ["--data=x", "import_content", "p", "--publish", "-v", "2"],
            "x",
            ["import_content", "p", "--publish", "-v", "2"],
        ),
        (["dumpdata", "--data", "mine"], ".", ["dumpdata", "--data", "mine"]),
        (["--help"], ".", ["--help"]),
    ],
)
def test_manage_takes_a_leading_data_option_and_leaves_the_rest_to_django(executed, tmp_path, arguments, data, rest):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "db.sqlite3").touch()
    with pytest.raises(ExecutedError):
        dev.main(["manage", *arguments])
    [(command, env)] = executed
    assert command[2:] == rest
    assert env["FORMIDLE_DATA"] == str((tmp_path / data).resolve())


def test_formidle_data_names_the_data_folder_of_every_command(tmp_path):
    code = "import dev; print(dev.DATA)"
    for value, expected in ((str(tmp_path), tmp_path), ("", dev.ROOT / "var")):
        env = {**os.environ, "FORMIDLE_DATA": value}
        found = subprocess.run([sys.executable, "-c", code], env=env, cwd=dev.ROOT, capture_output=True, text=True)
        assert found.stdout.strip() == str(expected)


def test_start_hands_port_demo_and_data_over(executed, tmp_path):
    with pytest.raises(ExecutedError):
        dev.main(["start", "--port", "8123", "--data", "here"])
    [(command, env)] = executed
    assert command[1:] == ["-m", "cms.setup.start", "8123", "--demo", str(dev.DEMO)]
    assert env["FORMIDLE_DATA"] == str(tmp_path / "here")


def test_an_empty_site_is_asked_for_by_no_demo(executed):
    with pytest.raises(ExecutedError):
        dev.main(["start", "--no-demo"])
    assert executed[0][0][1:] == ["-m", "cms.setup.start", "8000"]


def test_a_changed_lock_is_installed_again_and_an_unchanged_one_is_not(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text("one")
    assert not dev.is_installed("requirements.txt")
    dev.stamp("requirements.txt").write_text(dev.fingerprint("requirements.txt"))
    assert dev.is_installed("requirements.txt")
    (tmp_path / "requirements.txt").write_text("two")
    assert not dev.is_installed("requirements.txt")


def test_a_failing_step_does_not_keep_the_next_from_running(monkeypatch, capfd):
    monkeypatch.setattr(dev, "ensure_environment", lambda **options: None)
    steps = [dev.Step("one", ["false"]), dev.Step("two", ["echo", "two ran"]), dev.Step("three", ["false"])]
    monkeypatch.setattr(dev, "steps", lambda **options: steps)
    assert dev.test(quick=True) == 1
    output = capfd.readouterr().out
    assert "two ran" in output
    assert "Failed: one, three" in output
    assert output.splitlines()[-1] == "1 passed, 2 failed"


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hash_every_package_and_name_no_registry(name):
    text = (dev.ROOT / name).read_text()
    assert "//" not in text
    packages = re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", text).strip())
    assert len(packages) > 20
    assert all("--hash=sha256:" in package for package in packages)


def test_both_locks_pin_the_same_versions():
    pins = [dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (dev.ROOT / name).read_text())) for name in LOCKS]
    assert pins[0].items() <= pins[1].items()
