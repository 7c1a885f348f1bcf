"""What is wrong with the declarations of the enabled plugins, all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from cms.plugins import configuration, registry
from cms.plugins.contract import Problem
from cms.plugins.names import RESERVED_FILTERS, RESERVED_KEYS, RESERVED_PLURALS, RESERVED_TYPES, is_key, is_name
from cms.plugins.registry import ContentType
from cms.plugins.spec import ContentSpec, Expose

further: list[Callable[[], Iterable[Problem]]] = []
"""Of the layers above, which know more: what they append is asked when the site starts."""


def problems() -> list[Problem]:
    found = [problem for plugin in registry.plugins() for problem in _setting_problems(plugin)]
    found += _taken_names(list(registry.declared()))
    found += _taken_models()
    found += _fields_called_as_models()
    for each in registry.declared():
        found += _name_problems(each)
        found += _field_problems(each)
        found += _date_problems(each)
    for check in further:
        found += check()
    return found


def _setting_problems(plugin: Any) -> list[Problem]:
    return configuration.faults(plugin, registry.setting_values(plugin.name))


def _taken_names(types: list[ContentType]) -> Iterator[Problem]:
    for what, of in (("type", lambda each: each.spec.type), ("plural", lambda each: each.spec.plural)):
        owner: dict[str, ContentType] = {}
        for each in types:
            first = owner.setdefault(of(each), each)
            if first is not each:
                where = "itself" if first.plugin is each.plugin else first.plugin.name
                yield Problem(
                    each.plugin.name,
                    f"{each.model.__name__} has the {what} {of(each)!r}, which is taken by {first.model.__name__} "
                    f"of {where}.",
                    f"Choose another {what} in its ContentSpec.",
                )


def _taken_models() -> Iterator[Problem]:
    """Page models of one name: Django gives every page an attribute for each, also for those of disabled plugins."""
    owner: dict[str, str] = {}
    for plugin in settings.CMS_PLUGINS.loaded:
        for model in registry.models(plugin):
            if not isinstance(model.__dict__.get("content_spec"), ContentSpec):
                continue
            if model._meta.model_name in owner:
                message = f"its model {model.__name__} is called as one of {owner[model._meta.model_name]}."
                yield Problem(plugin.name, message, "Rename the class, or uninstall one of the two packages.")
            owner.setdefault(model._meta.model_name, plugin.name)


def _fields_called_as_models() -> Iterator[Problem]:
    """The attribute that Django gives every page for a model would hide, or be hidden by, a field of the same name."""
    models_ = [
        (plugin.name, model)
        for plugin in settings.CMS_PLUGINS.loaded
        for model in registry.models(plugin)
        if isinstance(model.__dict__.get("content_spec"), ContentSpec)
    ]
    owners = {model._meta.model_name: (place, name, model) for place, (name, model) in enumerate(models_)}
    for place, (name, model) in enumerate(models_):
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.name in owners:
                other_place, other_name, other = owners[field.name]
                yield Problem(
                    name if place >= other_place else other_name,
                    f"{model.__name__} of {name} has the field {field.name!r}, as the page model {other.__name__} of "
                    f"{other_name} is called.",
                    f"Rename the class or the field; a field of any name is shown by Expose({field.name!r}, source=…).",
                )


def _name_problems(each: ContentType) -> Iterator[Problem]:
    spec, plugin = each.spec, each.plugin.name
    for what, name, reserved in (
        ("type", spec.type, RESERVED_TYPES),
        ("plural", spec.plural, RESERVED_PLURALS),
    ):
        if not is_name(name):
            yield Problem(
                plugin, f"the {what} {name!r} is not lower-case words joined by hyphens.", "Rename it, as news-article."
            )
        if name in reserved:
            yield Problem(plugin, f"the {what} {name!r} is reserved for the core.", f"Choose another {what}.")


def _field_problems(each: ContentType) -> Iterator[Problem]:
    spec, model, plugin = each.spec, each.model, each.plugin.name
    seen: set[str] = set()
    for expose in spec.fields:
        where = f"{spec.type}.{expose.name}"
        if expose.name in seen:
            yield Problem(plugin, f"{where} is declared twice.", "Remove one.")
        seen.add(expose.name)
        if not is_key(expose.name):
            yield Problem(plugin, f"{where}: the key is not lower-case words joined by underscores.", "Rename it.")
        if expose.name in RESERVED_KEYS:
            cure = f"Choose another key and name the field as its source: Expose(…, source={expose.attribute!r})."
            yield Problem(plugin, f"{where}: every document has a key of this name.", cure)
        if not has_attribute(model, expose):
            yield Problem(
                plugin,
                f"{where} shows {expose.attribute!r}, which {model.__name__} does not have.",
                "Correct the name in the Expose, or add the field.",
            )
        yield from _filter_problems(plugin, where, expose)


def _filter_problems(plugin: str, where: str, expose: Expose) -> Iterator[Problem]:
    for name in expose.filters:
        if not is_key(name):
            yield Problem(plugin, f"{where}: the filter {name!r} is not lower-case words joined by _.", "Rename it.")
        if name in RESERVED_FILTERS:
            yield Problem(plugin, f"{where}: the filter {name!r} is a parameter of every type.", "Rename the filter.")
    if unfiltered := sorted(set(expose.facets) - set(expose.filters)):
        cure = "Add them to the filters as well: a facet is chosen by filtering."
        yield Problem(plugin, f"{where}: the facets {', '.join(unfiltered)} are no filters.", cure)


def _date_problems(each: ContentType) -> Iterator[Problem]:
    for name in each.spec.dates or ():
        try:
            field = each.model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if not isinstance(field, models.DateTimeField):
            yield Problem(
                each.plugin.name,
                f"{each.name}: dates name {name!r}, which is no DateTimeField of {each.model.__name__}.",
                "Name two DateTimeFields, start and end.",
            )


def has_attribute(model: type[Any], expose: Expose) -> bool:
    """True also for kinds that read the page as a whole."""
    try:
        model._meta.get_field(expose.attribute)
    except FieldDoesNotExist:
        return hasattr(model, expose.attribute) or bool(getattr(expose.kind, "whole_page", False))
    return True
