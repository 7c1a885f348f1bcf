"""Parameters that several addresses share, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from cms.api.parameters import Parameter
from cms.api.problems import Fault, invalid
from cms.api.values import Day, OneOf, Pattern, Text, Whole
from cms.content.languages import LANGUAGES
from cms.plugins import registry
from cms.publishing import reads
from cms.publishing.reads import SiteRow

MAX_LIMIT = 100
EARLIEST, LATEST = date(1000, 1, 1), date(9000, 1, 1)

SITE = Parameter(
    name="site",
    value=Pattern(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?", "a host name, for example www.example.org"),
    description="Host name of the site; left out, the request's own host, or the default site.",
)


class LocaleCode:
    """A locale that this installation has trees for; the contract of the API is the same for all of them."""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z]{2,8})?$"}

    def read(self, text: str) -> str:
        return OneOf(tuple(code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES)).read(text)


LOCALE = Parameter(
    name="locale",
    value=LocaleCode(),
    description="The tree of pages that is asked about; left out, the site's `default_locale`.",
    example="nb",
)
FORMAT_HINT = "Several values: comma-separated or repeated."


def limit(default: int = 20) -> Parameter:
    return Parameter(
        name="limit",
        value=Whole(1, MAX_LIMIT),
        default=default,
        description="How many results at most; at most 50 with `fields=*`.",
    )


@cache
def core_filters(types: tuple[str, ...]) -> tuple[Parameter, ...]:
    """Filters that every type has."""
    return (
        Parameter(
            name="type",
            value=OneOf(types),
            many=True,
            description="Content types; left out, all of them.",
            example=[types[0]],
        ),
        Parameter(
            name="year",
            value=Pattern("[0-9]{4}", "a year of four digits, for example 2026"),
            many=True,
            description="Years of the page's date: those into which an event lasts, otherwise that of its first "
            "publishing.",
            example=["2026"],
        ),
        Parameter(
            name="date_from",
            value=Day(),
            description="Pages whose dates reach this day (Europe/Oslo) or a later one.",
            example="2026-03-01",
        ),
        Parameter(
            name="date_to",
            value=Day(),
            description="Pages whose dates begin on this day (Europe/Oslo) or an earlier one.",
            example="2026-12-31",
        ),
        Parameter(
            name="under",
            value=Text(2000),
            description="A path: pages anywhere below it.",
            example="/nyheter/",
        ),
        Parameter(name="locale", value=LocaleCode(), many=True, description="Locales of the tree a page is in."),
        Parameter(
            name="language",
            value=OneOf(tuple(code for code, _ in LANGUAGES)),
            many=True,
            description="Languages that the text is written in.",
            example=["nb"],
        ),
    )


def all_types() -> tuple[str, ...]:
    return tuple(registry.content_types())


def selected_types(types: Sequence[str], values: Mapping[str, Any]) -> tuple[str, ...]:
    """The types that a request is about: those it names, otherwise all that the address has."""
    return values.get("type") or tuple(types)


def dated(types: Sequence[str]) -> list[str]:
    """Those of the types whose pages have dates of their own."""
    return [each for each in types if registry.content_types()[each].spec.dates]


def check_filters(types: Sequence[str], values: Mapping[str, Any], filters: Sequence[Parameter]) -> list[Fault]:
    """Faults for filters that none of the selected types declares, and for days the wrong way round."""
    selected = selected_types(types, values)
    declared = registry.filters_of(selected)
    faults = [
        Fault(
            each.name,
            f"{', '.join(selected)} cannot be filtered by it.",
            f"Filters declared there: {', '.join(sorted(declared)) or 'none'}.",
        )
        for each in filters
        if each.name in values and each.name not in declared
    ]
    if "date_from" in values and "date_to" in values and values["date_from"] > values["date_to"]:
        faults.append(Fault("date_to", "the day is before `date_from`.", "Exchange the two."))
    return faults


def keys_of(values: Mapping[str, Any], filters: Sequence[Parameter]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The filters of a request by which documents are filed: OR within, AND between."""
    found = [(each.name, values[each.name]) for each in filters if each.name in values and each.name != "when"]
    found += [(name, values[name]) for name in ("year", "locale", "language") if name in values]
    if "under" in values:
        found.append(("under", (reads.normal_path(values["under"]),)))
    return tuple(found)


def days_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """``date_from`` and ``date_to``, kept clear of the ends of the calendar, where time zones overflow."""
    return {
        name: min(max(day, EARLIEST), LATEST) if (day := values.get(name)) else None
        for name in ("date_from", "date_to")
    }


def named_host(values: Mapping[str, Any], host: str) -> str:
    """Whose site a request is about: the one that ``site`` names, otherwise its own host's. See ``check_site``."""
    return values.get("site") or host


def check_site(values: Mapping[str, Any], site: SiteRow) -> None:
    """Where the site that was named is not there, another one was found. Raises ProblemError."""
    name = values.get("site")
    if name is not None and site.hostname != name.lower():
        raise invalid([Fault("site", f"there is no site {name}.")])


def site_of(values: Mapping[str, Any], host: str) -> SiteRow:
    """The site that ``site`` names, otherwise the host's or the default one. Raises NotBuilt, ProblemError."""
    site = reads.site_for_host(named_host(values, host))
    check_site(values, site)
    return site
