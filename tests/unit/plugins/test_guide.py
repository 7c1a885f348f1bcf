"""The examples of the plugin guide are parts of the plugin that the tests install from outside."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from cms.content.kinds import __all__ as kinds
from cms.plugins import contract, names, spec

ROOT = Path(__file__).resolve().parents[3]
PLUGIN = ROOT / "tests" / "plugins" / "formidle_library"
GUIDE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(("file", "code"), EXAMPLES, ids=[f"{i}-{file}" for i, (file, _) in enumerate(EXAMPLES)])
def test_an_example_stands_in_the_plugin(file: str, code: str) -> None:
    assert code in (PLUGIN / file).read_text(encoding="utf-8")


def test_the_entry_point_stands_in_the_plugin() -> None:
    [code] = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert code in (PLUGIN / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("declared", [contract.Plugin, spec.ContentSpec, spec.Expose])
def test_every_part_of_a_declaration_is_explained(declared: Any) -> None:
    found = {field.name for field in fields(declared)}
    assert {name for name in found if f"| `{name}` |" not in GUIDE} == set()


def test_every_kind_is_named() -> None:
    named_elsewhere = {"RelatedPages"}  # for the key that every page has
    assert {name for name in kinds if f"`{name}`" not in GUIDE and f"({name})" not in GUIDE} == named_elsewhere


def test_reserved_words_do_not_hide_a_bundled_type() -> None:
    from cms.plugins import registry

    for each in registry.content_types().values():
        assert each.name not in names.RESERVED_TYPES
        assert each.spec.plural not in names.RESERVED_PLURALS


def test_the_plugin_imports_the_contract_and_the_content_base_only() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (PLUGIN / "formidle_library").rglob("*.py")]
    imported = {name for text in sources for name in re.findall(r"^(?:from|import) (cms[\w.]*)", text, re.MULTILINE)}
    assert imported
    assert {name for name in imported if not name.startswith(("cms.plugins", "cms.content"))} == set()
