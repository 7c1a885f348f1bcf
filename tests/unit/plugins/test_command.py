"""`manage.py plugins`, on the bundled plugins."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms.plugins.tools.reference import reference

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "plugin-reference.md"


def output(*arguments: str) -> str:
    stream = StringIO()
    call_command("plugins", *arguments, stdout=stream)
    return stream.getvalue()


def test_list_names_package_types_and_state() -> None:
    line = next(line for line in output().splitlines() if line.startswith("articles "))
    assert "formidle " in line
    assert "event, network, news-article, showcase" in line
    assert line.endswith("enabled")


def test_explaining_a_type_shows_every_key() -> None:
    text = output("explain", "showcase")
    counties = next(line.split() for line in text.splitlines() if line.strip().startswith("counties "))
    assert counties[:6] == ["counties", "municipalities", "Counties", "list", "of", "County"]
    assert "/api/v1/showcases/" in text


def test_a_type_is_known_by_its_plural_too() -> None:
    assert output("explain", "news") == output("explain", "news-article")


def test_explaining_a_plugin_explains_its_types() -> None:
    text = output("explain", "articles")
    assert "requires    home" in text
    assert text.count("\nType ") == 4


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"Known are .*articles"):
        output("explain", "nothing")


def test_the_reference_in_docs_is_what_is_declared() -> None:
    hint = "renew it: python3 dev.py manage plugins --docs > docs/plugin-reference.md"
    assert REFERENCE.read_text(encoding="utf-8") == reference(), hint
