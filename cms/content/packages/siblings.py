"""Siblings stand in the order of the package; pages that it does not name keep their place among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from wagtail.models import Page

from cms.content.packages.page_entries import PageEntry
from cms.content.packages.site_tree import SitePage, parent_of


def put_in_order(entries: Iterable[PageEntry], pages: Mapping[str, SitePage]) -> int:
    """Moves as few pages as a left-to-right walk needs; returns how many."""
    families: dict[str, list[int]] = {}
    for entry in entries:
        if entry.path != "/":
            families.setdefault(parent_of(entry.path), []).append(pages[entry.path].id)
    return sum(_order(wanted) for wanted in families.values())


def _order(wanted: list[int]) -> int:
    positions = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "path"))
    moved = 0
    for before, this in pairwise(wanted):
        if positions[this] < positions[before]:
            Page.objects.get(pk=this).move(Page.objects.get(pk=before), pos="right")
            positions = dict(Page.objects.filter(pk__in=wanted).values_list("pk", "path"))
            moved += 1
    return moved
