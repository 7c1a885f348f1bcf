"""What an installed package offers for URLs that begin in its way: an entry point named by their scheme."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any


def offered(group: str, url: str, what: str) -> Any:
    """The module, mostly, that the entry point for the URL's scheme names. Raises ValueError for none and for several.

    ``what``: in the plural, ``search engines``
    """
    scheme = url.partition(":")[0] if ":" in url else ""
    found = {point.value: point for point in entry_points(group=group, name=scheme)} if scheme else {}
    if len(found) > 1:
        raise ValueError(f"several {what} have URLs that begin with {scheme}: ({', '.join(sorted(found))})")
    if not found:
        known = sorted({f"{point.name}:" for point in entry_points(group=group)})
        raise ValueError(f"it names none of the {what}; it begins with one of {', '.join(known)}")
    [point] = found.values()
    return point.load()
