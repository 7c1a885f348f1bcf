"""Engines by the scheme of their URL. The bundled ones come through the same door as anybody else's: an entry point.

    [project.entry-points."search.engines"]
    solr = "formidle_solr.urls"

A ``SEARCH_URL`` that begins with ``solr:`` is then that module's.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.metadata import entry_points
from typing import Protocol

from search.contract import Engine

ENTRY_POINT_GROUP = "search.engines"


class Maker(Protocol):
    """What an entry point names: a module, mostly. Both raise ValueError for a URL that they cannot use, quickly,
    without asking a server, and without a password in the message."""

    def engine(self, url: str) -> Engine:
        """The engine in use."""

    def throw_away(self, url: str) -> AbstractContextManager[Engine]:
        """An empty engine of the same kind, apart from the one in use; gone after the block."""


def maker(url: str) -> Maker:
    """Raises ValueError where no installed engine has the URL's scheme, or several."""
    scheme = url.partition(":")[0] if ":" in url else ""
    found = {point.value: point for point in entry_points(group=ENTRY_POINT_GROUP, name=scheme)} if scheme else {}
    if len(found) > 1:
        raise ValueError(f"several engines have URLs that begin with {scheme}: ({', '.join(sorted(found))})")
    if not found:
        known = sorted({point.name for point in entry_points(group=ENTRY_POINT_GROUP)})
        raise ValueError(f"it names no search engine; it begins with one of {', '.join(f'{each}:' for each in known)}")
    [point] = found.values()
    made: Maker = point.load()
    return made
