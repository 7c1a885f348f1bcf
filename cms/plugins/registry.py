"""The content types of the enabled plugins, collected once Django's models are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured

from cms.plugins.contract import Plugin, Problem
from cms.plugins.names import RESERVED_PLURALS, is_name
from cms.plugins.spec import ContentSpec, Expose


@dataclass(frozen=True, slots=True)
class ContentType:
    """A page model with its declaration and the plugin it came from."""

    spec: ContentSpec
    model: type[Any]
    plugin: Plugin

    @property
    def name(self) -> str:
        return self.spec.type


def plugins() -> tuple[Plugin, ...]:
    """The enabled plugins."""
    return tuple(settings.CMS_PLUGINS.enabled)


@cache
def plugin_settings(name: str) -> Any:
    """The plugin's settings dataclass, filled from ``CMS_PLUGIN_SETTINGS[name]``.

    Raises ImproperlyConfigured for a value that the dataclass does not have.
    """
    plugin = next(plugin for plugin in plugins() if plugin.name == name)
    values = settings.CMS_PLUGIN_SETTINGS.get(name, {})
    if plugin.settings is None:
        return None
    try:
        return plugin.settings(**values)
    except TypeError as error:
        raise ImproperlyConfigured(f"CMS_PLUGIN_SETTINGS[{name!r}]: {error}") from error


@cache
def content_types() -> dict[str, ContentType]:
    """By type name, in a fixed order: plugins as discovered, models as Django has them."""
    return {content_type.name: content_type for content_type in _declared()}


@cache
def by_plural(plural: str) -> ContentType | None:
    return next((each for each in content_types().values() if each.spec.plural == plural), None)


@cache
def by_model(model: type[Any]) -> ContentType | None:
    return next((each for each in content_types().values() if each.model is model), None)


def filters_of(types: Iterable[str]) -> frozenset[str]:
    """Filters that at least one of the types declares."""
    return frozenset(name for each in types for name in content_types()[each].spec.filters)


def facets_of(types: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in types for name in content_types()[each].spec.facets))


def _declared() -> Iterable[ContentType]:
    for plugin in plugins():
        for model in _models(plugin):
            yield ContentType(model.__dict__["content_spec"], model, plugin)


def _models(plugin: Plugin) -> Iterable[type[Any]]:
    package = plugin.app.partition(".apps.")[0]
    for config in apps.get_app_configs():
        if config.name == package:
            yield from (
                model for model in config.get_models() if isinstance(model.__dict__.get("content_spec"), ContentSpec)
            )


def problems() -> list[Problem]:
    """What is wrong with the declarations, all of it."""
    found: list[Problem] = []
    names: dict[str, str] = {}
    plurals: dict[str, str] = {}
    for each in _declared():
        spec, plugin = each.spec, each.plugin.name
        for name, taken, what in ((spec.type, names, "type"), (spec.plural, plurals, "plural")):
            if name in taken:
                found.append(
                    Problem(plugin, f"the {what} {name!r} is taken by {taken[name]}.", f"Choose another {what}.")
                )
            if not is_name(name):
                found.append(Problem(plugin, f"the {what} {name!r} is not lower-case words and hyphens.", "Rename it."))
            taken.setdefault(name, plugin)
        if spec.plural in RESERVED_PLURALS:
            found.append(Problem(plugin, f"the plural {spec.plural!r} is reserved by the API.", "Choose another."))
        found += _field_problems(each)
    for plugin_ in plugins():
        try:
            plugin_settings(plugin_.name)
        except ImproperlyConfigured as error:
            found.append(Problem(plugin_.name, str(error), "Correct the setting."))
    return found


def _field_problems(each: ContentType) -> Iterable[Problem]:
    spec, model, plugin = each.spec, each.model, each.plugin.name
    seen: set[str] = set()
    for expose in spec.fields:
        where = f"{spec.type}.{expose.name}"
        if expose.name in seen:
            yield Problem(plugin, f"{where} is declared twice.", "Remove one.")
        seen.add(expose.name)
        if not has_attribute(model, expose):
            yield Problem(
                plugin,
                f"{where} shows {expose.attribute!r}, which {model.__name__} does not have.",
                "Correct the name in the Expose, or add the field.",
            )
        if unfiltered := set(expose.facets) - set(expose.filters):
            yield Problem(
                plugin, f"{where}: facets {sorted(unfiltered)} are not filters.", "A facet must be a filter too."
            )
    for attribute in spec.dates or ():
        if not has_attribute(model, Expose(attribute)):
            yield Problem(plugin, f"{spec.type}: dates name {attribute!r}, which is not a field.", "Correct the name.")


def has_attribute(model: type[Any], expose: Expose) -> bool:
    try:
        model._meta.get_field(expose.attribute)
    except FieldDoesNotExist:
        return hasattr(model, expose.attribute) or bool(getattr(expose.kind, "whole_page", False))
    return True
