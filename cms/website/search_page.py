"""The search page: what the search API answers, with the links and checkboxes that change the question.

The page takes the API's parameters as they are, so an address works in both places; its state is all in the URL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cms.plugins import registry
from cms.website import moments
from cms.website.labels import AUTONYMS, label

FACETS: dict[str, Promise] = {
    "type": _("Type of content"),
    "topic": _("Topic"),
    "municipality": _("Municipality"),
    "county": _("County"),
    "year": _("Year"),
    "language": _("Language"),
}
"""Groups of checkboxes, in the order of the page."""

NAMES: dict[str, Promise] = {
    **FACETS,
    "when": _("Time"),
    "date_from": _("From"),
    "date_to": _("To"),
    "under": _("Part of the site"),
    "similar_to": _("Similar to"),
    "order": _("Order"),
}
"""What parameters are called; a plugin's filter has the name of its facet."""

KNOWN = frozenset(
    {
        *FACETS,
        "q",
        "kind",
        "status",
        "attendance",
        "when",
        "date_from",
        "date_to",
        "under",
        "order",
        "offset",
        "similar_to",
    }
)
"""Faults in these are told; others came with the link, as tracking codes do."""

ORDERS: dict[str, Promise] = {
    "relevance": _("Most relevant"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "title": _("By title"),
}
DATED_ORDERS: dict[str, Promise] = {"soonest": _("Earliest first"), "latest": _("Latest first")}
"""Where everything that is searched has dates of its own."""
SELF_EXPLAINING = ("date_from", "date_to", "under", "similar_to")
PER_PAGE = 20
LONGEST = 500
"""Characters of a question that the API takes."""
SHOWN_AT_FIRST = 6
OPEN_GROUPS = 2
MAX_OFFSET = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: a filter value, an order, a page number. ``url`` is where choosing it leads."""

    label: str
    value: str = ""
    url: str = ""
    count: int = 0
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one filter: the first ones at once, the rest on request."""

    field: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    open: bool

    @property
    def chosen(self) -> int:
        return sum(choice.selected for choice in (*self.first, *self.rest))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """
    typed    what is in the field: the query, or as much of faulty words as can be shown
    kept     parameters without a control on the page, as hidden fields
    broader  where nothing was found: the filters to leave out, with how many results there are then
    ignored  names of parameters that were left out as faulty
    refused  whether the words were faulty, so that nothing was searched for
    """

    query: str
    typed: str
    total: int
    results: list[dict[str, Any]]
    groups: tuple[Group, ...]
    chosen: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    pages: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]
    previous: str
    next: str
    first_url: str
    without_filters: str
    did_you_mean: str
    did_you_mean_url: str
    broader: tuple[Choice, ...]
    degraded: bool
    ignored: tuple[str, ...]
    refused: bool


def asked(given: QueryDict, without: Collection[str] = ()) -> QueryDict:
    """The parameters to ask the API for: without empty ones (a form sends those too) and without ``without``.

    Words that are too long stay so, but not longer than it takes to see that.
    """
    parameters = QueryDict(mutable=True)
    for name, values in given.lists():
        cut = 4 * LONGEST if name == "q" else None
        kept = [str(value)[:cut] for value in values if str(value).strip()]
        if kept and name not in without and name != "limit":
            parameters.setlist(name, kept)
    return parameters


def search_page(
    parameters: QueryDict, answer: Mapping[str, Any], ignored: Collection[str] = (), typed: str = ""
) -> SearchPage:
    """``answer`` is the JSON of ``/api/v1/search/`` for these parameters; ``typed`` what stays in the field."""
    state = _normal(parameters)
    limit, offset = PER_PAGE, int(state.get("offset", ["0"])[0])
    facets = answer.get("facets") or {}
    groups = tuple(_groups(facets))
    query = str(answer.get("query") or "")
    total = int(answer.get("total") or 0)
    order = (state.get("order") or ["relevance" if query else "newest"])[0]
    last_offset = min(MAX_OFFSET, (max(total, 1) - 1) // limit * limit)
    did_you_mean = str(answer.get("did_you_mean") or "")
    shown = {"q", "offset", *(group.field for group in groups)}
    return SearchPage(
        query=query,
        typed=query or "".join(each for each in typed[:LONGEST] if each.isprintable()),
        total=total,
        results=list(answer.get("results") or ()),
        groups=groups,
        chosen=tuple(_chosen(state, facets)),
        orders=tuple(
            Choice(str(text), value, _url(state, order=[value], offset=[]), selected=value == order)
            for value, text in _orders(query, state.get("type", ()))
        ),
        pages=tuple(_pages(state, limit, offset, last_offset)),
        kept=tuple((name, value) for name, values in state.items() if name not in shown for value in values),
        previous=_url(state, offset=_offset(max(offset - limit, 0))) if offset else "",
        next=_url(state, offset=_offset(offset + limit)) if offset < last_offset else "",
        first_url=_url(state, offset=[]),
        without_filters=_url({name: state[name] for name in ("q", "order") if name in state}),
        did_you_mean=did_you_mean,
        did_you_mean_url=_url(state, q=[did_you_mean], offset=[]),
        broader=tuple(_broader(state, answer)),
        degraded=bool(answer.get("degraded")),
        ignored=tuple(_name(name, facets).lower() for name in sorted(KNOWN.intersection(ignored) - {"q"})),
        refused="q" in ignored,
    )


State = dict[str, list[str]]


def _normal(parameters: QueryDict) -> State:
    """Repeated and comma-separated values are the same; the search text keeps its commas."""
    state: State = {}
    for name, values in parameters.lists():
        parts = values if name == "q" else [part.strip() for value in values for part in str(value).split(",")]
        if found := list(dict.fromkeys(str(part) for part in parts if part)):
            state[name] = found
    return state


def _url(state: State, **changes: list[str]) -> str:
    query = QueryDict(mutable=True)
    for name, values in {**state, **changes}.items():
        query.setlist(name, values)
    return f"?{query.urlencode(safe='/')}"


def _offset(offset: int) -> list[str]:
    return [str(offset)] if offset else []


def _orders(query: str, types: Sequence[str]) -> Iterable[tuple[str, Promise]]:
    known = registry.content_types()
    dated = bool(types) and all(each in known and known[each].spec.dates for each in types)
    orders = ORDERS | DATED_ORDERS if dated else ORDERS
    return [each for each in orders.items() if query or each[0] != "relevance"]


def _groups(facets: Mapping[str, Any]) -> Iterable[Group]:
    fields = [*FACETS, *(name for name in facets if name not in FACETS)]
    for number, field in enumerate(name for name in fields if _values(facets, name)):
        choices = [
            Choice(_label(field, value), value["value"], count=value["count"], selected=bool(value["selected"]))
            for value in _values(facets, field)
        ]
        first = [each for index, each in enumerate(choices) if index < SHOWN_AT_FIRST or each.selected]
        rest = [each for each in choices if each not in first]
        opened = number < OPEN_GROUPS or any(each.selected for each in choices)
        yield Group(field, _name(field, facets), tuple(first), tuple(rest), opened)


def _chosen(state: State, facets: Mapping[str, Any]) -> Iterable[Choice]:
    """Every filter in force, each with the address of the search without it."""
    for field, values in state.items():
        if field in {"q", "order", "offset", "limit"}:
            continue
        for value in values:
            text = _chosen_label(field, value, facets)
            yield Choice(text, value, _url(state, **{field: [each for each in values if each != value]}, offset=[]))


def _broader(state: State, answer: Mapping[str, Any]) -> Iterable[Choice]:
    facets = answer.get("facets") or {}
    for each in answer.get("broader") or ():
        field = each["parameter"]
        values = [_chosen_label(field, value, facets) for value in state.get(field, ())]
        text = ", ".join(values) if field in SELF_EXPLAINING else f"{_name(field, facets)}: {', '.join(values)}"
        yield Choice(text, url=_url(state, **{field: []}, offset=[]), count=each["total"])


def _chosen_label(field: str, value: str, facets: Mapping[str, Any]) -> str:
    if field in ("date_from", "date_to"):
        day = moments.day(value, get_language() or "")
        return gettext("From %(day)s") % {"day": day} if field == "date_from" else gettext("To %(day)s") % {"day": day}
    if field == "under":
        return gettext("Under %(path)s") % {"path": value}
    if field == "similar_to":
        return gettext("Similar to page %(number)s") % {"number": value}
    known = {each["value"]: each for each in _values(facets, field)}
    return _label(field, known.get(value) or {"value": value, "label": value})


def _name(field: str, facets: Mapping[str, Any]) -> str:
    return str(NAMES.get(field) or (facets.get(field) or {}).get("label") or field)


def _values(facets: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    return list((facets.get(field) or {}).get("values") or ())


def _label(field: str, value: Mapping[str, Any]) -> str:
    """Words of our own are in the page's language; names of topics and places are as they are."""
    if field in ("language", "locale"):
        return AUTONYMS.get(value["value"], str(value["label"]))
    return label(field, value["value"]) or str(value["label"])


def _pages(state: State, limit: int, offset: int, last_offset: int) -> Iterable[Choice]:
    """First, last and those around the page shown; a gap is a choice without address."""
    current, last = offset // limit, last_offset // limit
    numbers = sorted({0, last, *range(max(current - 2, 0), min(current + 2, last) + 1)})
    before = -1
    for number in numbers:
        if number > before + 1:
            yield Choice("")
        yield Choice(str(number + 1), url=_url(state, offset=_offset(number * limit)), selected=number == current)
        before = number
