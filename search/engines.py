"""Engines by the scheme of their URL. The bundled ones come through the same door as anybody else's: an entry point.

    [project.entry-points."search.engines"]
    solr = "formidle_solr.urls"

A ``SEARCH_URL`` that begins with ``solr:`` is then that module's.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from search.contract import Engine
from search.schemes import offered

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
    made: Maker = offered(ENTRY_POINT_GROUP, url, "search engines")
    return made
