"""Reads one plugin's descriptor and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from importlib.metadata import EntryPoint
from typing import Any

from cms.plugins.contract import CONTRACT_VERSION, Plugin, Problem
from cms.plugins.names import RESERVED_PLUGINS, is_name
from cms.plugins.origin import described


def without(name: str) -> str:
    """The last sentence of a cure: the way to start all the same."""
    return f"or start without it: CMS_PLUGINS_DISABLE={name}"


def load(point: EntryPoint) -> tuple[Plugin | None, Problem | None]:
    try:
        plugin = point.load()
    except Exception as error:  # whatever a third party's module raises
        return None, _load_problem(point, error)
    if not isinstance(plugin, Plugin):
        return None, Problem(
            point.name,
            f"its entry point names {point.value}, which is no Plugin.",
            "Let it name the descriptor: an instance of cms.plugins.contract.Plugin.",
        )
    return plugin, None


def _load_problem(point: EntryPoint, error: Exception) -> Problem:
    # Django says so of a model that is imported before the apps are there.
    if type(error).__name__ in {"AppRegistryNotReady", "ImproperlyConfigured"}:
        return Problem(
            point.name,
            f"its descriptor {point.value} imports Django models: {described(error, point.module)}",
            "Keep the descriptor in a module that imports only cms.plugins.contract, in a package whose __init__ "
            f"imports no models either; {without(point.name)}",
        )
    return Problem(
        point.name,
        f"its descriptor {point.value} cannot be imported: {described(error, point.module)}",
        f"Repair, update or uninstall the package, {without(point.name)}",
    )


def problems(name: str, plugin: Plugin) -> Iterator[Problem]:
    """What is wrong with a descriptor by itself; ``name`` is that of its entry point."""
    if plugin.name != name:
        yield Problem(
            name,
            f"its entry point is called {name!r}, its descriptor {plugin.name!r}.",
            "Give both the same name.",
        )
    if not is_name(name):
        yield Problem(name, "its name is not lower-case words joined by hyphens.", "Rename it, as in event-calendar.")
    if name in RESERVED_PLUGINS:
        yield Problem(name, "its name is reserved for the core.", "Rename the plugin.")
    yield from _values(name, plugin)
    if plugin.contract != CONTRACT_VERSION:
        yield Problem(
            name,
            f"it is written for contract version {plugin.contract}; this Formidle has version {CONTRACT_VERSION}.",
            f"Install a release of it for contract version {CONTRACT_VERSION}, {without(name)}",
        )


def _values(name: str, plugin: Plugin) -> Iterator[Problem]:
    if not isinstance(plugin.app, str) or not plugin.app:
        yield Problem(name, f"its app is {plugin.app!r}.", "Name the Django app as in INSTALLED_APPS.")
    requires: Any = plugin.requires  # as written, which may not be as declared
    if not isinstance(requires, tuple) or not all(isinstance(each, str) for each in requires):
        yield Problem(name, f"its requires is {requires!r}.", 'Write a tuple of plugin names: requires=("home",)')
    if plugin.settings is not None and not (isinstance(plugin.settings, type) and is_dataclass(plugin.settings)):
        yield Problem(name, f"its settings is {plugin.settings!r}.", "Name a dataclass, the class itself.")


def shared_apps(plugins: Mapping[str, Plugin]) -> Iterator[Problem]:
    """Two plugins in one Django app: nobody could tell whose a page type is."""
    owner: dict[str, str] = {}
    for name, plugin in sorted(plugins.items()):
        if plugin.app in owner:
            yield Problem(
                name,
                f"its Django app {plugin.app} is also that of {owner[plugin.app]}.",
                f"Give each plugin an app of its own, {without(name)}",
            )
        owner.setdefault(plugin.app, name)
