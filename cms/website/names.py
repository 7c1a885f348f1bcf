"""Names that the website claims or accepts."""

from __future__ import annotations

import re

SEARCH_SLUG = "sok"
"""The search page; top-level slugs of pages may not take it (``cms.plugins.names.RESERVED_SLUGS``)."""

_TEMPLATE_NAME = re.compile(r"[a-z][a-z0-9_-]*")


def is_template_name(name: str) -> bool:
    """Types come from documents, so they must not lead out of the templates' folder."""
    return bool(_TEMPLATE_NAME.fullmatch(name))
