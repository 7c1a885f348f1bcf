"""Loads the plugins' apps and models ahead of Django, which would stop at the first exception and name no plugin.

What fails is taken out of Django's hands: an enabled plugin becomes a problem to report, a disabled one does no harm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps

from cms.plugins.contract import Plugin, PluginProblems, Problem
from cms.plugins.descriptors import without
from cms.plugins.discovery import Installed
from cms.plugins.origin import described

HOOKS = "wagtail_hooks"


def try_apps(installed_apps: list[Any], found: Installed, own: str) -> list[Problem]:
    """Removes apps that cannot be loaded from ``installed_apps``, which Django walks through right now.

    ``own`` is the app that asks: it comes first in the list, so that no plugin was reached yet.
    """
    problems: list[Problem] = []
    core = [each for each in installed_apps if each != own and each not in found.apps]
    labels = {AppConfig.create(each).label: each for each in core}
    for plugin in found.loaded:
        if plugin.app not in installed_apps:
            continue
        try:
            label = AppConfig.create(plugin.app).label
        except Exception as error:  # whatever a third party's module raises
            installed_apps.remove(plugin.app)
            problems += _reported(plugin, found, _app_problem(plugin, error))
            continue
        if label in labels:
            installed_apps.remove(plugin.app)
            message = f"the label {label!r} of its Django app {plugin.app} is also that of {labels[label]}."
            cure = f"Set another label in its AppConfig, {without(plugin.name)}"
            problems += _reported(plugin, found, Problem(plugin.name, message, cure))
        labels.setdefault(label, plugin.app)
    return problems


def try_models(apps: Apps, found: Installed, own: str) -> list[Problem]:
    """Imports all models, those of plugins last; apps whose models cannot be imported are taken out of ``apps``."""
    problems: list[Problem] = []
    of_plugins = {config.name: plugin for plugin in found.loaded for config in configs(apps, plugin)}
    for config in apps.app_configs.values():
        if config.name != own and config.name not in of_plugins:
            config.import_models()  # what fails here is no plugin's fault
    for plugin in found.loaded:
        for config in configs(apps, plugin):
            try:
                config.import_models()
            except Exception as error:  # whatever a third party's module raises
                _leave_out(apps, config)
                problems += _reported(plugin, found, _models_problem(plugin, error))
    return problems


def guard_ready(apps: Apps, found: Installed) -> None:
    """A disabled plugin's ``ready`` and hooks do not run; what an enabled one's ``ready`` raises names the plugin."""
    for plugin in found.loaded:
        for config in configs(apps, plugin):
            if plugin in found.enabled:
                config.ready = _guarded(plugin, config.ready)  # type: ignore[method-assign]
            else:
                config.ready = _nothing  # type: ignore[method-assign]
                _empty_module(f"{config.name}.{HOOKS}")


def configs(apps: Apps, plugin: Plugin) -> Iterator[AppConfig]:
    """The plugin's app, however its descriptor names it; none where it could not be loaded."""
    for config in list(apps.app_configs.values()):
        if plugin.app in (config.name, f"{type(config).__module__}.{type(config).__qualname__}"):
            yield config


def _reported(plugin: Plugin, found: Installed, problem: Problem) -> list[Problem]:
    return [problem] if plugin in found.enabled else []


def _leave_out(apps: Apps, config: AppConfig) -> None:
    # Django is walking through apps.app_configs: a new mapping for what follows, nothing more to do in the old one.
    config.import_models = _nothing  # type: ignore[method-assign]
    config.models = {}
    apps.app_configs = {label: each for label, each in apps.app_configs.items() if each is not config}


def _empty_module(name: str) -> None:
    """Wagtail imports a module of this name from every app; it finds this one."""
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    sys.modules[name] = module


def _guarded(plugin: Plugin, ready: Callable[[], None]) -> Callable[[], None]:
    def guarded() -> None:
        try:
            ready()
        except Exception as error:  # whatever a third party's code raises
            message = f"its app {plugin.app} fails in ready(): {described(error, plugin.app)}"
            raise PluginProblems([Problem(plugin.name, message, _repair(plugin))]) from error

    return guarded


def _nothing() -> None:
    pass


def _app_problem(plugin: Plugin, error: Exception) -> Problem:
    if type(error).__name__ == "AppRegistryNotReady":
        message = f"its Django app {plugin.app} imports models too early: {described(error, plugin.app)}"
        cure = "Import models inside functions and in models.py, neither in the package's __init__ nor in apps.py."
        return Problem(plugin.name, message, cure)
    message = f"its Django app {plugin.app} cannot be loaded: {described(error, plugin.app)}"
    return Problem(plugin.name, message, _repair(plugin))


def _models_problem(plugin: Plugin, error: Exception) -> Problem:
    return Problem(plugin.name, f"its models cannot be loaded: {described(error, plugin.app)}", _repair(plugin))


def _repair(plugin: Plugin) -> str:
    return f"Repair, update or uninstall the package, {without(plugin.name)}"
