"""The content types of the enabled plugins, collected once Django's models are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings

from cms.plugins import configuration, loading
from cms.plugins.contract import Plugin
from cms.plugins.spec import ContentSpec


@dataclass(frozen=True, slots=True)
class ContentType:
    """A declaration with its page model and the plugin it came from."""

    spec: ContentSpec
    model: Any
    plugin: Plugin

    @property
    def name(self) -> str:
        return self.spec.type


def plugins() -> tuple[Plugin, ...]:
    """The enabled plugins."""
    return tuple(settings.CMS_PLUGINS.enabled)


def setting_values(name: str) -> Mapping[str, Any]:
    """What the site says of the plugin's settings, unchecked."""
    return settings.CMS_PLUGIN_SETTINGS.get(name, {})


@cache
def plugin_settings(name: str) -> Any:
    """The plugin's settings object, its defaults overridden by the site; None for a plugin without settings."""
    plugin = next(plugin for plugin in plugins() if plugin.name == name)
    return configuration.filled(plugin, setting_values(name)) if plugin.settings else None


@cache
def content_types() -> dict[str, ContentType]:
    """By type name, in a fixed order: plugins as discovered, models as Django has them."""
    return {content_type.name: content_type for content_type in declared()}


@cache
def by_plural(plural: str) -> ContentType | None:
    return next((each for each in content_types().values() if each.spec.plural == plural), None)


def by_model(model: type[Any]) -> ContentType | None:
    """None for models of disabled plugins as well."""
    return _by_model().get(model)


@cache
def _by_model() -> dict[type[Any], ContentType]:
    return {each.model: each for each in content_types().values()}


def filters_of(types: Iterable[str]) -> frozenset[str]:
    """Filters that at least one of the types declares."""
    return frozenset(name for each in types for name in content_types()[each].spec.filters)


def facets_of(types: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in types for name in content_types()[each].spec.facets))


def declared() -> Iterator[ContentType]:
    """Every declaration, also where two have the same name."""
    for plugin in plugins():
        for model in models(plugin):
            if isinstance(model.__dict__.get("content_spec"), ContentSpec):
                yield ContentType(model.__dict__["content_spec"], model, plugin)


def models(plugin: Plugin) -> Iterator[type[Any]]:
    for config in loading.configs(apps, plugin):
        yield from config.get_models()
