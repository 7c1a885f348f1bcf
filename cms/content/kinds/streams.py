"""StreamFields: bodies of blocks, lists of one kind of thing, and single things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, get_type_hints

from django.db import models
from wagtail import blocks

from cms.content import shapes
from cms.content.blocks import convert, packing
from cms.content.blocks.people import municipality
from cms.content.context import Context
from cms.content.kinds.base import BaseKind
from cms.content.loader import Loader
from cms.plugins.spec import Key


class StreamKind(BaseKind):
    def __init__(self, stream: Any = None) -> None:
        self.stream = stream

    def bind(self, field: Any) -> Any:
        bound = type(self).__new__(type(self))
        bound.__dict__ = {**self.__dict__, "stream": field.stream_block}
        return bound

    @property
    def item(self) -> tuple[str, blocks.Block]:
        """Name and block of a stream that holds one type of block."""
        return next(iter(self.stream.child_blocks.items()))

    def parse(self, value: Any, loader: Loader) -> Any:
        return self.stream.to_python(self.raw(value, loader))

    def raw(self, value: Any, loader: Loader) -> list[dict[str, Any]]:
        raise NotImplementedError


class Blocks(StreamKind):
    """[{id, type, value}]."""

    def shape(self) -> Any:
        return convert.stream_shape(self.stream)

    def to_json(self, value: Any, context: Context) -> Any:
        return convert.render_stream(self.stream, value, context)

    def to_package(self, page: Any, source: str, context: Context) -> Any:
        return packing.pack_stream(self.stream, getattr(page, source), context)

    def raw(self, value: Any, loader: Loader) -> list[dict[str, Any]]:
        return convert.parse_stream(self.stream, value, loader)


class Items(StreamKind):
    """A list of values of the stream's one block; with ``ids``, each shows its ``id`` as well."""

    def __init__(self, stream: Any = None, ids: bool = False) -> None:
        super().__init__(stream)
        self.ids = ids

    def shape(self) -> Any:
        _, block = self.item
        each = convert.shape(block)
        if not self.ids:
            return list[each]  # type: ignore[valid-type]
        make: Any = TypedDict
        name, hints = each.__name__.removesuffix("Value"), get_type_hints(each, include_extras=True)
        return list[make(name, {"id": shapes.Code, **hints})]  # type: ignore[misc]

    def to_json(self, value: Any, context: Context) -> list[Any]:
        rendered = ((child.id, convert.render(child.block, child.value, context)) for child in value or [])
        return [({"id": id_ or "", **item} if self.ids else item) for id_, item in rendered if item is not None]

    def to_package(self, page: Any, source: str, context: Context) -> list[Any]:
        """In the order that the editor gave them, which a document may change."""
        packed = (
            (child.id, packing.to_package(child.block, child.value, context)) for child in getattr(page, source) or []
        )
        return [({"id": id_ or "", **item} if self.ids else item) for id_, item in packed if item is not None]

    def raw(self, value: Any, loader: Loader) -> list[dict[str, Any]]:
        name, block = self.item
        if value is None:
            return []
        if not isinstance(value, list):
            loader.fault(f"expected a list, got {value!r}")
            return []
        raw = []
        for index, item in enumerate(value):
            id_ = item.get("id") if isinstance(item, dict) and self.ids else None
            if self.ids and isinstance(item, dict):
                item = {key: each for key, each in item.items() if key != "id"}
            with loader.at(index):
                if not isinstance(id_, str | None):
                    loader.fault(f"the id {id_!r} is not a text")
                raw.append({"type": name, "value": convert.parse(block, item, loader)} | ({"id": id_} if id_ else {}))
        return raw


class Texts(Items):
    """[text]; with a filter, each text is a value."""

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        return [Key(name, text, text) for name in fields for text in value]


class One(StreamKind):
    """The value of the stream's only block, or null."""

    def shape(self) -> Any:
        return convert.shape(self.item[1]) | None

    def to_json(self, value: Any, context: Context) -> Any:
        for child in value or []:
            return convert.render(child.block, child.value, context)
        return None

    def to_package(self, page: Any, source: str, context: Context) -> Any:
        for child in getattr(page, source) or []:
            return packing.to_package(child.block, child.value, context)
        return None

    def raw(self, value: Any, loader: Loader) -> list[dict[str, Any]]:
        name, block = self.item
        return [] if value is None else [{"type": name, "value": convert.parse(block, value, loader)}]


def municipality_keys(value: shapes.Municipality | None, fields: tuple[str, ...]) -> Iterable[Key]:
    if value is None:
        return
    if "municipality" in fields:
        yield Key("municipality", value["number"], value["name"])
    if "county" in fields:
        yield Key("county", value["county"]["number"], value["county"]["name"])


class Municipalities(Items):
    """[municipality]; answers the filters ``municipality`` and ``county``."""

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        for each in value:
            yield from municipality_keys(each, fields)


class Counties(StreamKind):
    """The counties of a stream of municipalities, each once, by number."""

    derived = True

    def shape(self) -> Any:
        return list[shapes.County]

    def to_json(self, value: Any, context: Context) -> list[shapes.County]:
        found = (municipality(child.value) for child in value or [])
        counties = {each["county"]["number"]: each["county"] for each in found if each}
        return [counties[number] for number in sorted(counties)]


class PlaceKind(One):
    """A place or null; answers the filters ``municipality`` and ``county``."""

    def keys(self, value: Any, fields: tuple[str, ...]) -> Iterable[Key]:
        return municipality_keys(value["municipality"], fields) if value else ()


def stream_kind(field: models.Field[Any, Any]) -> type[StreamKind]:
    """The kind that fits a StreamField best: one thing, a list of one type, or blocks."""
    stream = field.stream_block  # type: ignore[attr-defined]
    if len(stream.child_blocks) != 1:
        return Blocks
    return One if stream.meta.max_num == 1 else Items
