"""DRF serializers made from a type's declaration: the keys of its summary and of its detail."""

from __future__ import annotations

from functools import cache
from typing import Any

from rest_framework import serializers

from cms.content.context import Context
from cms.content.kinds.base import BaseKind
from cms.content.kinds.table import kind_of
from cms.plugins.registry import ContentType
from cms.plugins.spec import Expose


class ExposedField(serializers.Field):  # type: ignore[type-arg]
    """One exposed key; ``kind`` decides value and shape."""

    def __init__(self, kind: BaseKind, expose: Expose) -> None:
        super().__init__(read_only=True, source="*", help_text=expose.description or None)
        self.kind = kind
        self.expose = expose

    def __deepcopy__(self, memo: Any) -> ExposedField:
        # DRF copies declared fields with their arguments; block definitions are shared and cannot be copied
        return ExposedField(self.kind, self.expose)

    def to_representation(self, page: Any) -> Any:
        return self.kind.render(page, self.expose.attribute, self.context["build"])


@cache
def own_serializer(content_type: ContentType, summary: bool) -> type[serializers.Serializer[Any]]:
    """The type's own keys: those of its summaries, or all of them."""
    fields: dict[str, Any] = {
        expose.name: ExposedField(kind_of(content_type.model, expose), expose)
        for expose in content_type.spec.fields
        if expose.summary or not summary
    }
    name = content_type.model.__name__ + ("Summary" if summary else "Detail")
    return type(name, (serializers.Serializer,), fields)


def own_keys(content_type: ContentType, page: Any, context: Context, summary: bool) -> dict[str, Any]:
    return dict(own_serializer(content_type, summary)(page, context={"build": context}).data)
