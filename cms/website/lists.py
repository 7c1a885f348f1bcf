"""The lists that pages show: the same queries as the API's lists, asked at once instead of over HTTP."""

from __future__ import annotations

from urllib.parse import urlencode

from cms.plugins import registry

_CHILDREN = frozenset({"home", "section", "page"})
"""A section names these itself, in ``children``."""


def below(path: str) -> str:
    """The list of what lies below a section that does not say what it lists."""
    types = [name for name in registry.content_types() if name not in _CHILDREN]
    return f"/api/v1/content/?{urlencode({'type': ','.join(types), 'under': path}, safe=',/')}" if path else ""
