"""Feeds: the parameters of a list, without those that say how its results are written."""

from __future__ import annotations

from functools import cache

from cms.api.lists import ListRequest, list_parameters, parse_list
from cms.api.parameters import Parameter, read


@cache
def feed_parameters(types: tuple[str, ...]) -> tuple[Parameter, ...]:
    return tuple(each for each in list_parameters(types) if each.name != "fields")


def parse_feed(query: str, types: tuple[str, ...], host: str) -> ListRequest:
    """Newest first whatever the types: a reader wants to know what is new. Raises ProblemError, NotBuilt."""
    read(feed_parameters(types), query)
    return parse_list(query, types, host, order="newest")
