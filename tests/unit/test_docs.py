"""Docs hold what they promise: every link leads somewhere, JSON is JSON, commands exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCS = [page for page in ROOT.glob("docs/**/*.md") if "node_modules" not in page.parts]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]+)?\)")
JSON_BLOCK = re.compile(r"```json\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"dev\.py manage ([a-z_]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [
        target for target, _ in LINK.findall(page.read_text()) if not target.startswith(("http:", "https:", "/"))
    ]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_json_examples_are_json(page: Path) -> None:
    for block in JSON_BLOCK.findall(page.read_text()):
        json.loads(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page: Path) -> None:
    assert set(COMMAND.findall(page.read_text())) <= set(get_commands())


def test_every_page_can_be_found_from_the_readme() -> None:
    linked = {target for page in PAGES for target, _ in LINK.findall(page.read_text())}
    names = {Path(target).name for target in linked}
    unlinked = [
        page.name
        for page in PAGES
        if page.name not in names and page.name != "README.md" and "decisions" not in page.parts
    ]
    assert unlinked == []
