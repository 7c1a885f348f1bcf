"""What a plugin is to the core. Reading this module, or a plugin's descriptor, imports no Django models."""

from __future__ import annotations

from dataclasses import dataclass

CONTRACT_VERSION = 1
"""Raised when a plugin written for the previous version would no longer work."""

ENTRY_POINT_GROUP = "cms.plugins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """The descriptor that an entry point in the group ``cms.plugins`` names.

    name      unique, lower case: letters, digits and hyphens
    app       the Django app with the page types, as in INSTALLED_APPS
    contract  the contract version that the plugin was written for
    requires  names of plugins that must be there and enabled
    settings  a frozen dataclass with defaults; the site overrides them through FORMIDLE_PLUGIN_SETTINGS
    """

    name: str
    app: str
    contract: int
    requires: tuple[str, ...] = ()
    settings: type | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a plugin, and what the person who runs the site can do about it."""

    plugin: str
    message: str
    cure: str

    def __str__(self) -> str:
        return f"{self.plugin}: {self.message}\n    {self.cure}"


class PluginProblems(Exception):
    """Stops the start; lists every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.plugin)
        super().__init__("\n".join(["Plugins stop the start:", *(f"  {problem}" for problem in self.problems)]))
