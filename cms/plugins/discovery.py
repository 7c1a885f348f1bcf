"""Finds the installed plugins through entry points and checks their descriptors, all of them before the start stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

from cms.plugins.contract import CONTRACT_VERSION, ENTRY_POINT_GROUP, Plugin, PluginProblems, Problem
from cms.plugins.names import RESERVED_PLUGINS, is_name


@dataclass(frozen=True, slots=True)
class Installed:
    """The outcome of discovery, in an order in which every plugin follows those it requires."""

    enabled: tuple[Plugin, ...]
    disabled: tuple[Plugin, ...]
    problems: tuple[Problem, ...]

    @property
    def apps(self) -> list[str]:
        """Django apps to install. A disabled plugin keeps its app, so that its rows and the page tree stay whole."""
        return [plugin.app for plugin in (*self.enabled, *self.disabled)]

    def raise_problems(self) -> None:
        if self.problems:
            raise PluginProblems(list(self.problems))


def installed(disable: Iterable[str] = (), points: Iterable[EntryPoint] | None = None) -> Installed:
    """Loads every descriptor; ``disable`` holds the names of CMS_PLUGINS_DISABLE."""
    off = frozenset(disable)
    problems: list[Problem] = []
    loaded: dict[str, Plugin] = {}
    if points is None:
        points = entry_points(group=ENTRY_POINT_GROUP)
    for point in sorted(points, key=lambda point: (point.name, point.value)):
        plugin = _load(point, off, problems)
        if plugin is None:
            continue
        if plugin.name in loaded:
            problems.append(
                Problem(plugin.name, f"two installed packages call themselves so ({point.value}).", "Uninstall one.")
            )
            continue
        loaded[plugin.name] = plugin
    enabled = {name: plugin for name, plugin in loaded.items() if name not in off}
    for plugin in enabled.values():
        problems += _check(plugin, enabled)
    return Installed(
        enabled=tuple(_in_order(enabled)),
        disabled=tuple(plugin for name, plugin in loaded.items() if name in off and _importable(plugin.app)),
        problems=tuple(problems),
    )


def _load(point: EntryPoint, off: frozenset[str], problems: list[Problem]) -> Plugin | None:
    try:
        plugin = point.load()
    except Exception as error:  # whatever a third party's module raises
        if point.name not in off:
            problems.append(_load_problem(point, error))
        return None
    if not isinstance(plugin, Plugin):
        problems.append(
            Problem(
                point.name, f"{point.value} is not a cms.plugins.contract.Plugin.", "Name the descriptor in pyproject."
            )
        )
        return None
    return plugin


def _load_problem(point: EntryPoint, error: Exception) -> Problem:
    # Django says AppRegistryNotReady, or that settings are not configured, for a model imported too early.
    if type(error).__name__ in {"AppRegistryNotReady", "ImproperlyConfigured"}:
        return Problem(
            point.name,
            f"its descriptor {point.value} imports Django models ({error}).",
            "Keep the descriptor in a module of its own that imports only cms.plugins.contract.",
        )
    return Problem(
        point.name,
        f"its descriptor {point.value} cannot be imported: {type(error).__name__}: {error}.",
        f"Repair or uninstall the package, or start without it: CMS_PLUGINS_DISABLE={point.name}",
    )


def _check(plugin: Plugin, enabled: dict[str, Plugin]) -> list[Problem]:
    problems = []
    if not is_name(plugin.name):
        problems.append(Problem(plugin.name, "the name is not lower-case letters, digits and hyphens.", "Rename it."))
    if plugin.name in RESERVED_PLUGINS:
        problems.append(Problem(plugin.name, "the name is reserved for the core.", "Rename the plugin."))
    if plugin.contract != CONTRACT_VERSION:
        problems.append(
            Problem(
                plugin.name,
                f"it is written for contract version {plugin.contract}; this core has version {CONTRACT_VERSION}.",
                f"Install a release for version {CONTRACT_VERSION}, or start without it: "
                f"CMS_PLUGINS_DISABLE={plugin.name}",
            )
        )
    for required in plugin.requires:
        if required not in enabled:
            problems.append(
                Problem(
                    plugin.name,
                    f"it requires the plugin {required}, which is missing, broken or disabled.",
                    f"Install or enable {required}, or disable {plugin.name} as well.",
                )
            )
    if not _importable(plugin.app):
        problems.append(
            Problem(plugin.name, f"its Django app {plugin.app} cannot be found.", "Repair or uninstall the package.")
        )
    return problems


def _importable(app: str) -> bool:
    try:
        return find_spec(app) is not None
    except ImportError:
        # "shop.apps.ShopConfig": a class in a module
        module = app.rpartition(".")[0]
        return bool(module) and module != app and _importable(module)
    except ValueError:
        return False


def _in_order(plugins: dict[str, Plugin]) -> list[Plugin]:
    ordered: dict[str, Plugin] = {}

    def place(plugin: Plugin, above: frozenset[str]) -> None:
        for required in plugin.requires:
            if required in plugins and required not in above:
                place(plugins[required], above | {plugin.name})
        ordered.setdefault(plugin.name, plugin)

    for name in sorted(plugins):
        place(plugins[name], frozenset({name}))
    return list(ordered.values())
