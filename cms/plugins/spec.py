"""One declaration per content type: what the API shows, what is searched, what filters, which dates count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, runtime_checkable


class Key(NamedTuple):
    """A filter value of one document: ``Key("municipality", "3405", "Lillehammer")``."""

    field: str
    value: str
    label: str


@runtime_checkable
class Kind(Protocol):
    """How one field of a page becomes JSON. The kinds that exist are in ``cms.content.kinds``."""

    def shape(self) -> Any:
        """The type of the JSON value (see ``cms.content.shapes``); from it come OpenAPI and the search text."""

    def render(self, page: Any, source: str, context: Any) -> Any:
        """The JSON value. Deterministic: no clock, no network, every query ordered."""

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        """Filter values found in a rendered value, for the filter names in ``fields``."""

    def parse(self, value: Any, loader: Any) -> Any:
        """What ``render`` showed, or a short form of it, as a value for the page's attribute."""

    def assign(self, page: Any, source: str, value: Any) -> None:
        """Sets a parsed value on an unsaved or saved page."""


@dataclass(frozen=True, slots=True)
class Expose:
    """One key of a type's JSON.

    name     the key
    source   the page's attribute, where it has another name
    kind     how the value becomes JSON; left out, the model field's class decides
    summary  whether lists and hits show it as well
    search   weight of its text in search, 0: not searched
    filters  query parameters that it answers
    facets   those of the filters that search counts
    """

    name: str
    source: str = ""
    kind: Kind | None = None
    summary: bool = False
    search: float = 0.0
    filters: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    description: str = ""

    @property
    def attribute(self) -> str:
        return self.source or self.name


@dataclass(frozen=True, slots=True)
class ContentSpec:
    """A page type, declared once as ``content_spec`` on the model.

    type     the API's name, singular: ``news-article``
    plural   the name in URLs: ``news``
    fields   own keys, in the order that the API shows them
    dates    attributes for start and end when the page has dates of its own; without them it is dated by its publishing
    """

    type: str
    plural: str
    fields: tuple[Expose, ...] = ()
    dates: tuple[str, str] | None = None
    schema_org: str = "WebPage"

    @property
    def filters(self) -> frozenset[str]:
        """Names of the parameters that this type answers, besides those that every type has."""
        own = {name for expose in self.fields for name in expose.filters}
        return frozenset(own | ({"when"} if self.dates else set()))

    @property
    def date_keys(self) -> tuple[str, str]:
        """The keys that show start and end of ``dates``; "" where none does."""
        shown = {expose.attribute: expose.name for expose in reversed(self.fields)}
        start, end = self.dates or ("", "")
        return shown.get(start, ""), shown.get(end, "")

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for expose in self.fields for name in expose.facets))
