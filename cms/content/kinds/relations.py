"""Other pages and topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cms.content import shapes, summary_shape
from cms.content.blocks.convert import parse_page
from cms.content.context import Context
from cms.content.kinds.base import BaseKind
from cms.content.loader import Loader
from cms.content.topics import Topic
from cms.plugins.spec import Key


class Topics(BaseKind):
    """[{slug, label}] in the order of the labels."""

    def shape(self) -> Any:
        return list[shapes.Topic]

    def to_json(self, value: Any, context: Context) -> list[shapes.Topic]:
        topics = sorted(value.all(), key=lambda topic: (topic.label.casefold(), topic.pk))
        for topic in topics:
            context.depend(f"topic:{topic.pk}")
        return [{"slug": topic.slug, "label": topic.label} for topic in topics]

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        return [Key(name, topic["slug"], topic["label"]) for name in fields for topic in value]

    def to_package(self, page: Any, source: str, context: Context) -> list[str]:
        return [topic["slug"] for topic in self.render(page, source, context)]

    def parse(self, value: Any, loader: Loader) -> list[int]:
        if not isinstance(value, list | None):
            loader.fault(f"expected a list of topics, got {value!r}")
            return []
        found = []
        for index, item in enumerate(value or []):
            with loader.at(index):
                label = item.get("slug") or item.get("label") if isinstance(item, dict) else item
                if not isinstance(label, str) or not label.strip():
                    loader.fault(f"expected a topic's label, got {item!r}")
                elif (topic := loader.topic(label)) is not None:
                    found.append(topic)
        return list(dict.fromkeys(found))

    def assign(self, page: Any, source: str, value: list[int]) -> None:
        getattr(page, source).set(Topic.objects.filter(pk__in=value))


class PageSummary(BaseKind):
    """The summary of the page that a foreign key points to; null while that page is not public."""

    def __init__(self, model: type[Any] | None = None) -> None:
        self.model = model

    def bind(self, field: Any) -> PageSummary:
        return type(self)(getattr(field, "related_model", None))

    def shape(self) -> Any:
        return summary_shape.Summary | None

    def render(self, page: Any, source: str, context: Context) -> Any:
        target = getattr(page, f"{source}_id")
        return context.page_summary(target) if target else None

    def to_package(self, page: Any, source: str, context: Context) -> str | None:
        target = getattr(page, f"{source}_id")
        return context.path_of(target) if target else None

    def parse(self, value: Any, loader: Loader) -> int | None:
        return parse_page(value, loader, self.model)

    def assign(self, page: Any, source: str, value: int | None) -> None:
        setattr(page, f"{source}_id", value)


class RelatedPages(BaseKind):
    """Pages chosen in a StreamField of page choosers, then pages that link here: [summary + reason]."""

    def shape(self) -> Any:
        return list[summary_shape.RelatedSummary]

    def render(self, page: Any, source: str, context: Context) -> Any:
        chosen = [child.value.pk for child in getattr(page, source) or [] if child.value]
        return context.related(page, chosen)

    def to_package(self, page: Any, source: str, context: Context) -> list[str]:
        """Paths of the chosen ones."""
        paths = (context.path_of(child.value.pk) for child in getattr(page, source) or [] if child.value)
        return [path for path in paths if path]

    def parse(self, value: Any, loader: Loader) -> list[dict[str, Any]]:
        """Paths, or what ``render`` showed, of which only the chosen ones count."""
        if not isinstance(value, list | None):
            loader.fault(f"expected a list of paths, got {value!r}")
            return []
        raw = []
        for index, item in enumerate(value or []):
            if isinstance(item, dict) and item.get("reason") == "linked":
                continue
            with loader.at(index):
                if item is None:
                    loader.fault("expected a page's path, got null")
                elif (target := parse_page(item, loader)) is not None:
                    raw.append({"type": "page", "value": target})
        return raw
