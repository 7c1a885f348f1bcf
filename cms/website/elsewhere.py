"""What a document shows of pages on other sites: their paths are those sites', so only their URLs lead to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def without_paths_of_others(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with ``path`` "" in what is on another site than itself; ``url`` is absolute there."""
    path, url = str(document.get("path") or ""), str(document.get("url") or "")
    origin = url.removesuffix(path) if "://" in url else ""
    found: dict[str, Any] = _without(dict(document), origin)
    return found | {"path": document.get("path")}


def _without(value: Any, origin: str) -> Any:
    if isinstance(value, list):
        return [_without(each, origin) for each in value]
    if not isinstance(value, dict):
        return value
    found = {name: _without(each, origin) for name, each in value.items()}
    url = value.get("url")
    if value.get("path") and isinstance(url, str) and "://" in url and not (origin and url.startswith(f"{origin}/")):
        found["path"] = ""
    return found
