"""Finds the installed plugins through entry points. Nothing is raised here: problems are kept until all are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from cms.plugins import configuration, descriptors, requirements
from cms.plugins.contract import ENTRY_POINT_GROUP, Plugin, Problem


@dataclass(frozen=True, slots=True)
class Found:
    """An entry point in the group ``cms.plugins``; ``plugin`` is None where its descriptor cannot be read.

    distribution  name and version of the package that it came with: ``formidle-library 1.2``
    """

    name: str
    value: str
    distribution: str
    plugin: Plugin | None


@dataclass(frozen=True, slots=True)
class Installed:
    """The outcome of discovery. ``enabled`` follows the requirements: every plugin comes after those it requires."""

    enabled: tuple[Plugin, ...]
    disabled: tuple[Plugin, ...]
    problems: tuple[Problem, ...]
    found: tuple[Found, ...] = ()
    off: frozenset[str] = frozenset()
    """The names in CMS_PLUGINS_DISABLE."""
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of FORMIDLE_PLUGIN_SETTINGS, by plugin."""

    @property
    def loaded(self) -> tuple[Plugin, ...]:
        """Plugins by their apps. A disabled plugin keeps its app, so that its rows and the page tree stay whole."""
        by_app: dict[str, Plugin] = {}
        for plugin in (*self.enabled, *self.disabled):
            by_app.setdefault(plugin.app, plugin)
        return tuple(by_app.values())

    @property
    def apps(self) -> list[str]:
        return [plugin.app for plugin in self.loaded]


def installed(disable: Iterable[str] = (), settings: str = "", points: Iterable[EntryPoint] | None = None) -> Installed:
    """Loads every descriptor. ``disable``: names of CMS_PLUGINS_DISABLE; ``settings``: FORMIDLE_PLUGIN_SETTINGS."""
    off = frozenset(disable)
    found, problems = _load_all(entry_points(group=ENTRY_POINT_GROUP) if points is None else points, off)
    readable = {each.name: each.plugin for each in found if each.plugin}
    wanted = {name: plugin for name, plugin in readable.items() if name not in off}
    for each in found:
        if each.name in wanted:
            problems += descriptors.problems(each.name, wanted[each.name])
    problems += descriptors.shared_apps(wanted)
    broken = {problem.plugin for problem in problems} | {each.name for each in found if each.plugin is None}
    sound = {name: plugin for name, plugin in wanted.items() if name not in broken}
    problems += requirements.problems(sound, broken=broken - off, disabled=off & {each.name for each in found})
    values, faults = configuration.from_json(settings, known={each.name for each in found})
    return Installed(
        enabled=tuple(requirements.in_order(requirements.complete(sound))),
        disabled=tuple(plugin for name, plugin in sorted(readable.items()) if name in off),
        problems=(*problems, *faults),
        found=tuple(found),
        off=off,
        settings=values,
    )


def _load_all(points: Iterable[EntryPoint], off: frozenset[str]) -> tuple[list[Found], list[Problem]]:
    """One row per name; of two packages that share one, the first by value."""
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for point in sorted(points, key=lambda point: (point.name, point.value)):
        if point.name in found:
            if point.name not in off:
                one, other = found[point.name], _source(point)
                problems.append(
                    Problem(
                        point.name,
                        f"two installed packages call themselves so: {one.distribution or one.value} and {other}.",
                        f"Uninstall one of them, or start without both: CMS_PLUGINS_DISABLE={point.name}",
                    )
                )
            continue
        plugin, problem = descriptors.load(point)
        found[point.name] = Found(point.name, point.value, _source(point), plugin)
        if problem and point.name not in off:
            problems.append(problem)
    return list(found.values()), problems


def _source(point: EntryPoint) -> str:
    distribution = getattr(point, "dist", None)
    return f"{distribution.name} {distribution.version}" if distribution else ""
