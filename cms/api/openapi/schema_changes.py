"""Two JSON schemas of one value, before and now: what clients that know the first could stumble over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]
Schemas = Mapping[str, Schema]
Change = tuple[str, str]
"""Where, and what has changed there."""

PREFIX = "#/components/schemas/"
WIDER = {"number": {"number", "integer"}}
"""Type → types whose values it takes in."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``old`` and ``new`` are the named schemas. ``incoming``: the value is sent by clients."""

    old: Schemas
    new: Schemas
    incoming: bool
    seen: set[tuple[str, str]] = field(default_factory=set)

    def changes(self, place: str, old: Schema, new: Schema) -> Iterator[Change]:
        """Two named schemas are compared once, under the name."""
        names = _name(old), _name(new)
        if all(names):
            if names in self.seen:
                return
            self.seen.add(names)
            place = names[0]
        old, new = self.old.get(names[0], old), self.new.get(names[1], new)
        before, now = _members(old), _members(new)
        if not before:
            return  # it could be anything
        if not now:
            if not self.incoming:
                yield place, "may be anything now"
            return
        if self.incoming and "null" in before and "null" not in now:
            yield place, "can no longer be null"
        if not self.incoming and "null" in now and "null" not in before:
            yield place, "may be null now"
        before.pop("null", None)
        now.pop("null", None)
        if len(before) == len(now) == 1 and "discriminator" not in old:
            [(_, one)], [(_, other)] = before.items(), now.items()
            named = "$ref" in one or "$ref" in other
            yield from self.changes(place, one, other) if named else self._value(place, one, other)
        else:
            yield from self._union(place, before, now, told_apart="discriminator" in old)

    def _union(self, place: str, before: Schemas, now: Schemas, told_apart: bool) -> Iterator[Change]:
        for name, member in before.items():
            if name in now:
                yield from self.changes(f"{place} ({name})", member, now[name])
            else:
                yield place, f"{name} was removed"
        if not self.incoming and not told_apart:
            yield from ((place, f"may be {name} now") for name in now if name not in before)

    def _value(self, place: str, old: Schema, new: Schema) -> Iterator[Change]:
        was, is_ = old.get("type"), new.get("type")
        wide, narrow = (is_, was) if self.incoming else (was, is_)
        if wide and narrow not in WIDER.get(wide, {wide}):
            yield place, f"was {was or 'anything'}, is {is_ or 'anything'}"
            return
        yield from self._limits(place, old, new)
        if self.incoming and "default" in old and new.get("default") != old["default"]:
            yield place, f"the default was {old['default']!r}, is {new.get('default')!r}"
        yield from self._properties(place, old, new)
        for key in ("items", "additionalProperties"):
            if isinstance(old.get(key), Mapping) and isinstance(new.get(key), Mapping):
                yield from self.changes(f"{place}[]", old[key], new[key])

    def _limits(self, place: str, old: Schema, new: Schema) -> Iterator[Change]:
        """What could be sent has to fit into what may be sent; what comes out, into what could come out."""
        inner, outer = (old, new) if self.incoming else (new, old)
        if "enum" in outer:
            if "enum" not in inner:
                yield place, "takes only some values now" if self.incoming else "is no longer one of a few values"
            elif lost := [each for each in old["enum"] if each not in new["enum"]]:
                yield place, f"no longer {'takes' if self.incoming else 'is'} {', '.join(map(str, lost))}"
        for form in ("format", "pattern"):
            if form in outer and inner.get(form) != outer[form]:
                yield place, f"the {form} was {old.get(form)}, is {new.get(form)}"
        for bound in ("minimum", "minLength", "minItems"):
            if bound in outer and inner.get(bound, float("-inf")) < outer[bound]:
                yield place, f"the {bound} was {old.get(bound)}, is {new.get(bound)}"
        for bound in ("maximum", "maxLength", "maxItems"):
            if bound in outer and inner.get(bound, float("inf")) > outer[bound]:
                yield place, f"the {bound} was {old.get(bound)}, is {new.get(bound)}"

    def _properties(self, place: str, old: Schema, new: Schema) -> Iterator[Change]:
        now = new.get("properties", {})
        if self.incoming:
            needed = [key for key in new.get("required", ()) if key not in old.get("required", ())]
            yield from ((f"{place}.{key}", "has become required") for key in needed)
        for key, schema in old.get("properties", {}).items():
            at = f"{place}.{key}"
            if key not in now:
                yield at, "the key was removed"
                continue
            if not self.incoming and key in old.get("required", ()) and key not in new.get("required", ()):
                yield at, "is no longer always there"
            yield from self.changes(at, schema, now[key])


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).removeprefix(PREFIX)


def _members(schema: Schema) -> dict[str, Schema]:
    """What a value may be: by its tag where there are tags, otherwise by name or type; empty: anything."""
    if mapping := schema.get("discriminator", {}).get("mapping"):
        return {tag: {"$ref": reference} for tag, reference in mapping.items()}
    found: dict[str, Schema] = {}
    for each in schema.get("oneOf") or schema.get("anyOf") or ():
        # inside a union, another one keeps its members together
        name = _name(each) or ("discriminator" in each and "one of its types")
        found |= {name: each} if name else _members(each)
    if found:
        return found
    types = schema.get("type", ())
    names = [types] if isinstance(types, str) else list(types)
    return {name: {**schema, "type": name} for name in names}
