"""Filters that content types declare, as parameters: what values a filter takes follows from the kinds behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from cms.api.parameters import Parameter
from cms.api.values import OneOf, Pattern, Text, Value, Whole
from cms.content.kinds import BaseKind, Choice, Flag, Number
from cms.content.kinds.table import kind_of
from cms.plugins import registry
from cms.plugins.spec import Expose

WHEN = ("past", "now", "upcoming")

_KNOWN: dict[str, tuple[Value, str, str]] = {
    "topic": (Pattern(r"[-a-zA-Z0-9_]+", "a topic's slug, for example arbeidsliv"), "Slugs of topics.", "arbeidsliv"),
    "municipality": (
        Pattern("[0-9]{4}", "a municipality's four digits, for example 3405"),
        "Numbers of municipalities that the page is about or, for an event, where it is.",
        "3405",
    ),
    "county": (Pattern("[0-9]{2}", "a county's two digits, for example 34"), "Numbers of counties.", "34"),
    "when": (OneOf(WHEN), "How the page's own dates lie to the moment of the request; finds events only.", "upcoming"),
}


class NumberText(Whole):
    """A whole number, kept as the text that documents are filed under."""

    def read(self, text: str) -> Any:
        return str(super().read(text))


def filter_parameters(types: Sequence[str]) -> list[Parameter]:
    """The filters that at least one of the types declares: the core's first, then plugins' by name."""
    declared = registry.filters_of(types)
    names = [name for name in _KNOWN if name in declared] + sorted(declared - set(_KNOWN))
    return [_parameter(name, tuple(types)) for name in names]


@cache
def _parameter(name: str, types: tuple[str, ...]) -> Parameter:
    declared_by = [each for each in types if name in registry.content_types()[each].spec.filters]
    if name in _KNOWN:
        value, description, example = _KNOWN[name]
    else:
        kinds = [kind for kind, _ in exposures(name, "filters", types)]
        value, example = _value(kinds), None
        description = next((each.description for _, each in exposures(name, "filters", types) if each.description), "")
    where = f"For {', '.join(declared_by)}." if len(types) > len(declared_by) else ""
    text = " ".join(part for part in (description, where) if part) or f"Values of `{name}`."
    return Parameter(name=name, value=value, many=True, description=text, example=[example] if example else None)


def exposures(field: str, attribute: str, types: Iterable[str]) -> list[tuple[BaseKind, Expose]]:
    """The exposed fields of the types whose ``filters`` or ``facets`` have the name, with their kinds."""
    return [
        (kind_of(content_type.model, expose), expose)  # type: ignore[arg-type]
        for content_type in (registry.content_types()[each] for each in types)
        for expose in content_type.spec.fields
        if field in getattr(expose, attribute)
    ]


def _value(kinds: Sequence[BaseKind]) -> Value:
    """The most exact value that all of the kinds share."""
    if all(isinstance(kind, Choice) for kind in kinds):
        return OneOf(tuple(dict.fromkeys(word for kind in kinds for word, _ in kind.choices)))  # type: ignore[attr-defined]
    if all(isinstance(kind, Flag) for kind in kinds):
        return OneOf(("true", "false"))
    if all(isinstance(kind, Number) for kind in kinds):
        return NumberText(-(2**31), 2**31 - 1)
    return Text()
