"""Lists: the parameters of a list, and the query that they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cms.api import common, cursors
from cms.api.fields import check_fields, fields_parameter
from cms.api.filters import filter_parameters
from cms.api.parameters import Parameter, parsed, read
from cms.api.problems import Fault, invalid
from cms.api.values import MalformedError, OneOf, Text, Whole
from cms.publishing import cache_tags, reads
from cms.publishing.reads import ListQuery, SiteRow

CURSOR = Parameter(
    name="cursor", value=Text(cursors.LONGEST), description="Where to go on: taken from `next` or `previous`."
)
IDS = Parameter(
    name="ids",
    value=Whole(1, cursors.MAX_ID),
    many=True,
    most=100,
    description="Ids of pages. The answer keeps their order and leaves out what is not public.",
    example=[12, 7],
)
NOT_WITH_IDS = ("order", "cursor", "when", "date_from", "date_to")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """``fields``: keys of the detail document, ("*",) for all, () for summaries. ``ids``: None for a query."""

    site: SiteRow
    query: ListQuery
    fields: tuple[str, ...] = ()
    ids: tuple[int, ...] | None = None

    @property
    def under(self) -> str:
        """The path that the list is limited to, "" for none."""
        return next((values[0] for name, values in self.query.keys if name == "under"), "")

    @property
    def tags(self) -> tuple[str, ...]:
        """Cache tags of the query: a new page belongs to lists that do not show it yet."""
        return cache_tags.of_list(self.query.types, self.under, self.ids)

    def ends(self) -> tuple[datetime | None, ...]:
        """When another page may belong to it by itself. One SQL query where it asks for ``when``."""
        return (self.site.next_live_at, reads.next_boundary(self.site.id) if self.query.when else None)


@cache
def orders(types: tuple[str, ...]) -> tuple[str, ...]:
    return ("newest", "oldest", "title", *(("soonest", "latest") if common.dated(types) else ()))


@cache
def list_parameters(types: tuple[str, ...], ids: bool = False) -> tuple[Parameter, ...]:
    """Everything that a list of these types takes."""
    return (
        *([IDS] if ids else []),
        *common.core_filters(types),
        *filter_parameters(types),
        Parameter(
            name="order",
            value=OneOf(orders(types)),
            description="Newest first unless it says otherwise. Lists of types that have dates of their own begin with "
            "the latest, or with the soonest where `when` asks only for what is on or to come.",
        ),
        fields_parameter(types),
        common.limit(),
        CURSOR,
        common.SITE,
    )


def parse_list(query: str, types: tuple[str, ...], host: str, ids: bool = False, order: str = "") -> ListRequest:
    """The query string of a list of the given types. Raises ProblemError with every fault, NotBuilt.

    ``order`` is that of a list that asks for none; left out, as the types have it. One SQL query: the site.
    """
    values = read(list_parameters(types, ids), query)
    given = parsed(query)
    selected = common.selected_types(types, values)
    filters = filter_parameters(types)
    order = values.get("order") or order or default_order(selected, values.get("when", ()))
    faults = common.check_filters(types, values, filters)
    faults += check_order(order, selected)
    faults += check_fields(values, "limit" in given)
    if "ids" in values:
        faults += [Fault(name, "it cannot go with `ids`.") for name in NOT_WITH_IDS if name in given]
        if "limit" in given and values["limit"] < len(values["ids"]):
            faults.append(Fault("limit", "it is less than the number of `ids`, which are answered all at once."))
    cursor = None
    if not faults and "cursor" in values:
        try:
            cursor = cursors.decode(values["cursor"], order)
        except MalformedError as error:
            faults.append(Fault("cursor", error.detail, error.hint))
    if faults:
        raise invalid(faults)
    site = common.site_of(values, host)
    return ListRequest(
        site=site,
        query=ListQuery(
            site_id=site.id,
            types=selected if "type" in values or types != common.all_types() else (),
            keys=common.keys_of(values, filters),
            when=values.get("when", ()),
            order=order,
            limit=values["limit"],
            cursor=cursor,
            **common.days_of(values),
        ),
        fields=values.get("fields", ()),
        ids=values.get("ids"),
    )


def default_order(selected: Sequence[str], when: Sequence[str]) -> str:
    if len(common.dated(selected)) < len(selected):
        return "newest"
    return "soonest" if when and set(when) <= {"now", "upcoming"} else "latest"


def check_order(order: str, selected: tuple[str, ...]) -> list[Fault]:
    if order in ("soonest", "latest") and not common.dated(selected):
        hint = f"Possible there: {', '.join(orders(selected))}."
        return [Fault("order", f"{', '.join(selected)} have no dates of their own.", hint)]
    return []
