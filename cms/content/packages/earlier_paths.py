"""Paths at which public pages stood before, and which lead to them still. Whoever publishes pages keeps those."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Source = Callable[[int], Mapping[str, int]]
"""Takes the id of a site and returns {path: id of the page}."""

_sources: list[Source] = []


def kept_by(source: Source) -> None:
    """Call it in ``AppConfig.ready``."""
    _sources.append(source)


def earlier_paths(site_id: int) -> dict[str, int]:
    return {path: page_id for source in _sources for path, page_id in source(site_id).items()}
