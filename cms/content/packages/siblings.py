"""Siblings stand in the order of the package; pages that it does not name keep their place among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from wagtail.models import Page

from cms.content.packages.page_entries import PageEntry
from cms.content.packages.site_tree import SitePage, parent_of


def put_in_order(entries: Iterable[PageEntry], pages: Mapping[str, SitePage]) -> int:
    """Moves as few pages as possible; returns how many."""
    families: dict[str, list[int]] = {}
    for entry in entries:
        if entry.path != "/":
            families.setdefault(parent_of(entry.path), []).append(pages[entry.path].id)
    return sum(_order(wanted) for wanted in families.values())


def _order(wanted: list[int]) -> int:
    places = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "path"))
    staying = longest_rise([places[page_id] for page_id in wanted])
    first = min(staying)
    for index in reversed(range(first)):
        _move(wanted[index], wanted[index + 1], "left")
    for index in range(first + 1, len(wanted)):
        if index not in staying:
            _move(wanted[index], wanted[index - 1], "right")
    return len(wanted) - len(staying)


def _move(page_id: int, beside: int, side: str) -> None:
    Page.objects.get(pk=page_id).move(Page.objects.get(pk=beside), pos=side)


def longest_rise(values: Sequence[str]) -> set[int]:
    """Positions of a longest rising subsequence: what is in order already.

    >>> longest_rise("cabd")
    {1, 2, 3}
    """
    ends: list[str] = []
    positions: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        positions[length : length + 1] = [position]
        before.append(positions[length - 1] if length else -1)
    found: set[int] = set()
    position = positions[-1] if positions else -1
    while position >= 0:
        found.add(position)
        position = before[position]
    return found
