"""What search engines are told, as the package has it: {title, description, noindex}, each empty by default."""

from __future__ import annotations

from typing import Any

from cms.content.context import Context
from cms.content.kinds import BaseKind, Flag, Text
from cms.content.loader import Loader

DERIVED = {"image", "canonical_url", "json_ld"}


class SeoKind(BaseKind):
    whole_page = True

    def to_package(self, page: Any, source: str, context: Context) -> dict[str, Any]:
        return {"title": page.seo_title, "description": page.search_description, "noindex": page.noindex}

    def parse(self, value: Any, loader: Loader) -> dict[str, Any]:
        if not isinstance(value, dict | None):
            loader.fault(f"expected {{title, description, noindex}}, got {value!r}")
            value = None
        value = {"title": "", "description": "", "noindex": False} | (value or {})
        for unknown in sorted(set(value) - {"title", "description", "noindex"} - DERIVED):
            with loader.at(unknown):
                loader.fault("unknown key; known are title, description, noindex")
        found: dict[str, Any] = {}
        with loader.at("title"):
            found["seo_title"] = Text(255).parse(value["title"], loader)
        with loader.at("description"):
            found["search_description"] = Text().parse(value["description"], loader)
        with loader.at("noindex"):
            found["noindex"] = Flag().parse(value["noindex"], loader)
        return found

    def assign(self, page: Any, source: str, value: dict[str, Any]) -> None:
        for name, each in value.items():
            setattr(page, name, each)
