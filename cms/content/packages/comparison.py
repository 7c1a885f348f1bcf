"""Whether a page already is what a package says."""

from __future__ import annotations

from typing import Any


def same(wanted: Any, found: Any) -> bool:
    """Equal, where ids that the package does not name may be anything.

    >>> same({"id": "", "type": "heading"}, {"id": "4f1c", "type": "heading"})
    True
    """
    if isinstance(wanted, dict) and isinstance(found, dict):
        return wanted.keys() == found.keys() and all(
            (key == "id" and value == "") or same(value, found[key]) for key, value in wanted.items()
        )
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(same(*pair) for pair in zip(wanted, found, strict=True))
    return bool(wanted == found)
