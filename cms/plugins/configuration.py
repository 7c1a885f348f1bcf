"""Values for plugins' settings: from FORMIDLE_PLUGIN_SETTINGS into the dataclass that a plugin declares."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, get_args, get_origin, get_type_hints

from cms.plugins.contract import Plugin, Problem

VARIABLE = "FORMIDLE_PLUGIN_SETTINGS"
EXAMPLE = """Write a JSON object of objects: {"library": {"loan_days": 14}}"""


def from_json(text: str, known: Collection[str]) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """
    >>> from_json('{"library": {"loan_days": 14}}', known={"library"})
    ({'library': {'loan_days': 14}}, [])
    """
    if not text.strip():
        return {}, []
    try:
        values = json.loads(text)
    except ValueError as error:
        return {}, [Problem(VARIABLE, f"it is not JSON: {error}.", EXAMPLE)]
    if not isinstance(values, dict) or not all(isinstance(each, dict) for each in values.values()):
        return {}, [Problem(VARIABLE, "it is not an object that holds an object for each plugin.", EXAMPLE)]
    problems = [
        Problem(VARIABLE, f"there is no plugin {name!r}.", f"Installed are {', '.join(sorted(known)) or 'none'}.")
        for name in values
        if name not in known
    ]
    return values, problems


def faults(plugin: Plugin, values: Mapping[str, Any]) -> list[Problem]:
    """What the plugin's settings class does not take, each with what it does take."""
    if plugin.settings is None:
        message = f"it has no settings, but is given {', '.join(map(repr, values))}."
        return [Problem(plugin.name, message, f"Take it out of {VARIABLE}.")] if values else []
    hints = get_type_hints(plugin.settings)
    found = []
    for name, value in values.items():
        if name not in hints:
            close = get_close_matches(name, hints, 1)
            hint = f"Did you mean {close[0]!r}?" if close else f"Known are {', '.join(hints)}."
            found.append(Problem(plugin.name, f"it has no setting {name!r}.", hint))
        elif not _fits(value, hints[name]):
            wanted = getattr(hints[name], "__name__", str(hints[name]))
            found.append(Problem(plugin.name, f"its setting {name!r} is {value!r}.", f"Give a value of type {wanted}."))
    if found:
        return found
    try:
        filled(plugin, values)
    except Exception as error:  # whatever a third party's __post_init__ raises
        return [Problem(plugin.name, f"its settings: {type(error).__name__}: {error}.", f"Correct {VARIABLE}.")]
    return []


def filled(plugin: Plugin, values: Mapping[str, Any]) -> Any:
    """The settings object; lists of JSON become tuples where those are declared."""
    assert plugin.settings is not None
    hints = get_type_hints(plugin.settings)
    known = {field.name for field in fields(plugin.settings)}
    return plugin.settings(
        **{
            name: tuple(value) if get_origin(hints.get(name)) is tuple and isinstance(value, list) else value
            for name, value in values.items()
            if name in known
        }
    )


def _fits(value: Any, hint: Any) -> bool:
    """Plain types are checked, lists and tuples of them too; anything else is the plugin's own matter."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in (str, int, bool, float):
        wanted = (int, float) if hint is float else hint
        return isinstance(value, wanted) and (hint is bool or not isinstance(value, bool))
    if origin in (list, tuple):
        return isinstance(value, list | tuple) and all(_fits(each, arguments[0]) for each in value)
    return True
