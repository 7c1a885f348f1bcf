"""What a client of a released description could stumble over in a newer one.

May be added: addresses, keys, optional parameters, values of an enum in answers, members of a union told apart by
``type``. What clients send must stay possible; what they get must hold everything that it held, as it was. Nor do
values and members of unions go from answers: typed clients that name them would not compile any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cms.api.openapi.schema_changes import Change, Comparison

Spec = Mapping[str, Any]


def breaking(old: Spec, new: Spec) -> list[str]:
    """``GET /api/v1/news/ limit: the maximum was 100, is 50``; every change once, in the order of the old one."""
    return list(dict.fromkeys(f"{place}: {what}" for place, what in _Descriptions(old, new).changes()))


class _Descriptions:
    def __init__(self, old: Spec, new: Spec) -> None:
        self.old, self.new = old, new
        schemas = old["components"]["schemas"], new["components"]["schemas"]
        self.sent = Comparison(*schemas, incoming=True)
        self.got = Comparison(*schemas, incoming=False)

    def changes(self) -> Iterator[Change]:
        for path, methods in self.old["paths"].items():
            for method, operation in methods.items():
                place = f"{method.upper()} {path}"
                if now := self.new["paths"].get(path, {}).get(method):
                    yield from self._parameters(place, operation, now)
                    yield from self._body(f"{place} body", operation.get("requestBody"), now.get("requestBody"))
                    yield from self._responses(place, operation, now)
                else:
                    yield place, "was removed"

    def _parameters(self, place: str, old: Spec, new: Spec) -> Iterator[Change]:
        before, now = _parameters_of(old), _parameters_of(new)
        for key, parameter in before.items():
            at = f"{place} {key[1]}"
            if key not in now:
                yield at, "the parameter was removed"
                continue
            if now[key].get("required") and not parameter.get("required"):
                yield at, "the parameter has become required"
            if any(now[key].get(each) != parameter.get(each) for each in ("style", "explode")):
                yield at, "several values are written in another way"
            yield from self.sent.changes(at, parameter["schema"], now[key]["schema"])
        for key in now.keys() - before.keys():
            if now[key].get("required"):
                yield f"{place} {key[1]}", "a required parameter was added"

    def _body(self, place: str, old: Spec | None, new: Spec | None) -> Iterator[Change]:
        before, now = _followed(self.old, old or {}), _followed(self.new, new or {})
        if now.get("required") and not before.get("required"):
            yield place, "has become required"
        for media_type, content in before.get("content", {}).items():
            if media_type in now.get("content", {}):
                yield from self.sent.changes(place, content["schema"], now["content"][media_type]["schema"])
            else:
                yield place, f"can no longer be {media_type}"

    def _responses(self, place: str, old: Spec, new: Spec) -> Iterator[Change]:
        for status, response in old["responses"].items():
            at = f"{place} {status}"
            if status not in new["responses"]:
                if status.startswith("2"):
                    yield at, "the answer was removed"
                continue
            before, now = _followed(self.old, response), _followed(self.new, new["responses"][status])
            yield from self._headers(at, before.get("headers", {}), now.get("headers", {}))
            for media_type, content in before.get("content", {}).items():
                if media_type in now.get("content", {}):
                    yield from self.got.changes(at, content["schema"], now["content"][media_type]["schema"])
                else:
                    yield at, f"is no longer {media_type}"

    def _headers(self, place: str, old: Spec, new: Spec) -> Iterator[Change]:
        for name, header in old.items():
            if name not in new:
                yield f"{place} {name}", "the header was removed"
            elif _followed(self.old, header).get("required") and not _followed(self.new, new[name]).get("required"):
                yield f"{place} {name}", "the header is no longer always there"


def _parameters_of(operation: Spec) -> dict[tuple[str, str], Spec]:
    return {(each["in"], each["name"]): each for each in operation.get("parameters", ())}


def _followed(spec: Spec, value: Spec) -> Spec:
    """What a reference leads to."""
    if "$ref" not in value:
        return value
    found: Any = spec
    for part in value["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found  # type: ignore[no-any-return]
