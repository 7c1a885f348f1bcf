"""The fields of a page in a package: those that every page has, and those that its type declares."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from wagtail.blocks import StreamValue

from cms.content.context import Context
from cms.content.kinds import BaseKind, One, RelatedPages
from cms.content.kinds.table import kind_of
from cms.content.loader import Loader
from cms.content.packages.seo import SeoKind
from cms.plugins.registry import ContentType
from cms.plugins.spec import Expose

COMMON = (
    Expose("title"),
    Expose("language"),
    Expose("in_menu", source="show_in_menus"),
    Expose("summary"),
    Expose("image", kind=One()),
    Expose("related", kind=RelatedPages()),
    Expose("seo", kind=SeoKind()),
)
HEAD = {"type", "path", "locale", "first_published_at", "placeholder"}
"""Keys that say which page it is."""

IGNORED = {
    *("source", "id", "url", "api_url", "last_published_at"),
    *("breadcrumbs", "translations", "similar_url", "version"),
}
"""Keys of the API's document that publishing makes, and a remark for people."""


@cache
def fields(content_type: ContentType) -> tuple[tuple[Expose, BaseKind], ...]:
    """What a package can set, in the order of an export."""
    declared = [(expose, kind_of(content_type.model, expose)) for expose in (*COMMON, *content_type.spec.fields)]
    return tuple((expose, kind) for expose, kind in declared if _is_input(content_type.model, expose, kind))


def known_keys(content_type: ContentType) -> set[str]:
    declared = {expose.name for expose in (*COMMON, *content_type.spec.fields)}
    return declared | HEAD | IGNORED


def pack(content_type: ContentType, page: Any, context: Context) -> dict[str, Any]:
    return {expose.name: kind.to_package(page, expose.attribute, context) for expose, kind in fields(content_type)}


def check(content_type: ContentType, data: dict[str, Any], loader: Loader) -> None:
    """Leaves a fault for every value that cannot be read."""
    for expose, kind in fields(content_type):
        if expose.name in data:
            with loader.at(expose.name):
                kind.parse(data[expose.name], loader)


def assign(content_type: ContentType, page: Any, data: dict[str, Any], loader: Loader) -> None:
    """Gives the page what the package says. A key left out gets its default."""
    blank = content_type.model()
    for expose, kind in fields(content_type):
        field = _field(content_type.model, expose)
        before = getattr(page, expose.attribute, None)
        with loader.at(expose.name):
            if expose.name in data:
                kind.assign(page, expose.attribute, kind.parse(data[expose.name], loader))
            elif field is None or field.many_to_many:
                kind.assign(page, expose.attribute, kind.parse(None, loader))
            else:
                setattr(page, field.attname, getattr(blank, field.attname))
        if isinstance(before, StreamValue):
            _keep_ids(before, getattr(page, expose.attribute))


def _keep_ids(before: StreamValue, after: StreamValue) -> None:
    """Blocks that the package does not name keep the ids that they have on the site."""
    taken = {child.id for child in after}
    for old, new in zip(before, after, strict=False):
        if not new.id and old.block_type == new.block_type and old.id not in taken:
            new.id = old.id


def _is_input(model: type[Any], expose: Expose, kind: BaseKind) -> bool:
    """False for what publishing derives, and for attributes that only can be read."""
    return not kind.derived and (kind.whole_page or _field(model, expose) is not None)


def _field(model: type[Any], expose: Expose) -> Any:
    try:
        return model._meta.get_field(expose.attribute)
    except FieldDoesNotExist:
        return None
