"""The installed plugins as a table; it works as well where problems stop the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.conf import settings

from cms.plugins import registry
from cms.plugins.contract import Problem
from cms.plugins.discovery import Found

HEADINGS = ("NAME", "PACKAGE", "CONTRACT", "APP", "TYPES", "STATE")


def table(problems: Iterable[Problem] = ()) -> str:
    """One line per plugin; ``problems`` are those that stopped the start."""
    troubled = {problem.plugin for problem in problems}
    rows = [_row(each, troubled) for each in sorted(settings.CMS_PLUGINS.found, key=lambda each: each.name)]
    lines = aligned([HEADINGS, *rows])
    for name in sorted(settings.CMS_PLUGINS.off - {each.name for each in settings.CMS_PLUGINS.found}):
        lines.append(f"CMS_PLUGINS_DISABLE names {name}, which is not installed.")
    return "\n".join(lines)


def _row(each: Found, troubled: set[str]) -> tuple[str, ...]:
    plugin, installed = each.plugin, settings.CMS_PLUGINS
    types, state = "", "problem"
    if plugin in installed.enabled and apps.models_ready:
        types = ", ".join(found.name for found in registry.declared() if found.plugin is plugin)
    if each.name in installed.off:
        state = "disabled"
    elif plugin in installed.enabled and each.name not in troubled:
        state = "enabled"
    contract, app = (str(plugin.contract), plugin.app) if plugin else ("?", "?")
    return (each.name, each.distribution, contract, app, types, state)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, their columns under each other; an empty cell is a dash."""
    rows = [[cell or "-" for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
