"""What is wrong with the kinds, shapes and filters of a declared type; asked when the site starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints, is_typeddict

from cms.content.kinds import known_keys
from cms.content.kinds.base import BaseKind
from cms.content.kinds.table import kind_of
from cms.content.shape_types import schema
from cms.plugins import registry
from cms.plugins.checks import has_attribute
from cms.plugins.contract import Problem
from cms.plugins.spec import ContentSpec, Expose


def problems() -> Iterator[Problem]:
    from cms.content.pages import ContentPage

    for plugin in registry.plugins():
        for model in registry.models(plugin):
            if issubclass(model, ContentPage) and not isinstance(model.__dict__.get("content_spec"), ContentSpec):
                message = f"{model.__name__} is a ContentPage without a content_spec of its own."
                yield Problem(plugin.name, message, "Declare one, or make the class abstract.")
    for content_type in registry.declared():
        name, model = content_type.plugin.name, content_type.model
        if not issubclass(model, ContentPage):
            cure = "Subclass cms.content.pages.ContentPage."
            yield Problem(name, f"{model.__name__} has a content_spec, but is no ContentPage.", cure)
            continue
        found = [
            problem
            for expose in content_type.spec.fields
            if has_attribute(model, expose)  # said already where it has not
            for problem in _field(name, f"{content_type.name}.{expose.name}", model, expose)
        ]
        yield from found
        if not found and all(has_attribute(model, expose) for expose in content_type.spec.fields):
            yield from known_keys.problems(content_type)


def _field(plugin: str, where: str, model: Any, expose: Expose) -> Iterator[Problem]:
    if expose.kind is not None and not isinstance(expose.kind, BaseKind):
        cure = "Give an instance of a kind: kind=kinds.Texts()"
        yield Problem(plugin, f"{where}: kind is {expose.kind!r}, which is no kind.", cure)
        return
    try:
        kind = kind_of(model, expose)
        shape = kind.shape()
        schema(shape, {})
    except Exception as error:  # whatever a third party's kind or block makes of itself
        cure = "Give the field a kind, the block a JSON, the shape plain types; the message says which is missing."
        yield Problem(plugin, f"{where} has no JSON: {_text(error)}", cure)
        return
    for name in sorted(_ambiguous(shape)):
        cure = "Make each a class of its own name: an unnamed StructBlock([…]) has the same one everywhere."
        yield Problem(plugin, f"{where}: two different objects in its JSON are both called {name!r}.", cure)
    if expose.filters and type(kind).keys is BaseKind.keys:
        cure = "Take another kind, or write the kind's method keys."
        yield Problem(plugin, f"{where}: its kind {type(kind).__name__} has no values to filter by.", cure)


def _text(error: Exception) -> str:
    return str(error) if isinstance(error, TypeError) else f"{type(error).__name__}: {error}"


def _ambiguous(shape: Any) -> set[str]:
    """Names that stand for objects with different keys."""
    keys: dict[str, str] = {}
    found: set[str] = set()

    def walk(part: Any, above: frozenset[str]) -> None:
        if not is_typeddict(part):
            for each in get_args(part):
                walk(each, above)
        elif part.__name__ not in above:
            hints = get_type_hints(part, include_extras=True)
            if keys.setdefault(part.__name__, repr(hints)) != repr(hints):
                found.add(part.__name__)
            for each in hints.values():
                walk(each, above | {part.__name__})

    walk(shape, frozenset())
    return found
