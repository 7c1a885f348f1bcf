"""Declarations of query parameters, and how a query string is read by them: strictly, all faults at once.

The same declarations make the OpenAPI schema and the error messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, QueryDict

from cms.api.deprecation import Deprecation
from cms.api.problems import Fault, invalid
from cms.api.values import MalformedError, Value, clean, did_you_mean

LONGEST = 20_000
"""Characters of a parameter, all its values with commas between: what is longer is not even looked at."""
REMEMBERED, SHORT = 2000, 300
"""How many query strings are remembered with what they mean, and how many characters they have at most."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter:
    """One query parameter.

    many        takes several values, comma-separated or repeated; at most ``most``
    default     what the answer is like when it is left out, as documented; None: nothing in particular
    deprecated  when it will leave, where that is announced
    """

    name: str
    value: Value
    description: str
    many: bool = False
    most: int = 50
    required: bool = False
    default: Any = None
    example: Any = None
    deprecated: Deprecation | None = None

    def schema(self) -> dict[str, Any]:
        schema = self.value.schema()
        if self.many:
            schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": self.most}
        return schema if self.default is None else {**schema, "default": self.default}

    def openapi(self) -> dict[str, Any]:
        """An OpenAPI parameter object."""
        found: dict[str, Any] = {"name": self.name, "in": "query", "description": self.description}
        if self.required:
            found["required"] = True
        if self.deprecated:
            found |= {"deprecated": True, "description": f"{self.description} {self.deprecated.note}"}
        if self.many:
            found |= {"style": "form", "explode": False}
        found["schema"] = self.schema()
        if self.example is not None:
            found["example"] = self.example
        return found


def query_of(request: HttpRequest) -> str:
    """The query string as it was sent, its bytes written the way of WSGI."""
    return str(request.META.get("QUERY_STRING", ""))


def parsed(query: str) -> QueryDict:
    """Names and their texts; not to be changed. Raises SuspiciousOperation for more of them than Django reads."""
    return (_parsed_before if len(query) <= SHORT else _parsed)(query)


def read(parameters: tuple[Parameter, ...], query: str) -> Mapping[str, Any]:
    """Name → value (a tuple where several are possible) of every parameter given, and of those with a default.

    Raises ProblemError that lists every fault.
    """
    return (_read_before if len(query) <= SHORT else _read_all)(parameters, query)


def _parsed(query: str) -> QueryDict:
    return QueryDict(query.encode("latin-1"))


def _read_all(parameters: tuple[Parameter, ...], query: str) -> Mapping[str, Any]:
    given = parsed(query)
    known = {parameter.name: parameter for parameter in parameters}
    faults = [_unknown(name, known) for name in given if name not in known]
    found: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.name in given:
            try:
                found[parameter.name] = _read(parameter, given.getlist(parameter.name))
            except MalformedError as error:
                faults.append(Fault(parameter.name, error.detail, error.hint))
        elif parameter.required:
            faults.append(Fault(parameter.name, "the parameter is missing.", parameter.description))
        elif parameter.default is not None:
            found[parameter.name] = parameter.default
    if faults:
        raise invalid(faults)
    return MappingProxyType(found)


# Most requests are like others before them, and reading takes longer than looking up what it came to.
_parsed_before = lru_cache(REMEMBERED)(_parsed)
_read_before = lru_cache(REMEMBERED)(_read_all)


def _read(parameter: Parameter, given: list[str]) -> Any:
    if (length := max(map(len, given))) > LONGEST:
        raise MalformedError(f"the value has {length} characters; no parameter takes as many.")
    texts = [clean(text) for text in given]
    if parameter.many:
        parts = [part for text in texts for part in text.split(",")]
        if len(parts) > parameter.most:
            raise MalformedError(f"{len(parts)} values; at most {parameter.most} are possible.")
        return tuple(dict.fromkeys(_one(parameter.value, part) for part in parts))
    if len(texts) > 1:
        raise MalformedError("given more than once; it takes one value.")
    return parameter.value.read(texts[0])


def _one(value: Value, text: str) -> Any:
    if not text:
        raise MalformedError("one of the values is empty.", "Leave the comma, or the whole parameter, out.")
    return value.read(text)


def _unknown(name: str, known: Mapping[str, Parameter]) -> Fault:
    shown = name[:80].encode("utf-8", "replace").decode()
    hint = did_you_mean(shown, list(known)) if known else "This address takes no parameters."
    return Fault(shown, "there is no such parameter here.", hint)
