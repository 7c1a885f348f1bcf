"""Keys that website, feeds, calendars and JSON-LD show wherever they find them, and what they take them to be."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, TypedDict, Union, get_args, get_origin, get_type_hints, is_typeddict

from cms.content import shapes
from cms.content.kinds.table import kind_of
from cms.plugins.contract import Problem
from cms.plugins.registry import ContentType

MOMENTS = frozenset({"date", "date-time", "day-or-instant"})


class Gathering(TypedDict):
    """What calendars read of a date that a page lists."""

    id: str
    title: str
    date: str | None
    attendance: str
    place: shapes.Place | None
    event: Summary | None


class Summary(TypedDict):
    id: int


class ProgrammeItem(TypedDict):
    date: str | None
    start: str | None
    end: str | None
    title: str
    speakers: list[shapes.Person]


EVERYWHERE: dict[str, Any] = {
    "authors": list[shapes.Person],
    "contacts": list[shapes.Person],
    "topics": list[shapes.Topic],
    "municipalities": list[shapes.Municipality],
    "images": list[shapes.Image],
    "gatherings": list[Gathering],
}
OF_EVENTS: dict[str, Any] = {
    "status": str,
    "status_text": str,
    "attendance": str,
    "place": shapes.Place | None,
    "organisers": list[str],
    "stream_url": str,
    "registration_url": str,
    "registration_deadline": str,
    "registration_full": bool,
    "programme": list[ProgrammeItem],
}
"""Of types that are an Event of schema.org."""


def problems(content_type: ContentType) -> Iterator[Problem]:
    spec = content_type.spec
    is_event = spec.schema_org == "Event"
    wanted = EVERYWHERE | OF_EVENTS if is_event else EVERYWHERE
    for expose in spec.fields:
        shape = kind_of(content_type.model, expose).shape()
        where = f"{spec.type}.{expose.name}"
        if expose.name in wanted and not _serves(shape, wanted[expose.name]):
            message = f"{where}: website, feeds and calendars know this key as another JSON."
            cure = (
                'Give the key another name: Expose("my_name", source=…); or give it the kind that events or news have.'
            )
            yield Problem(content_type.plugin.name, message, cure)
        if is_event and expose.name in spec.date_keys and not _is_moment(shape):
            message = f"{where}: the type is an Event, and calendars cannot read its dates from this kind."
            yield Problem(content_type.plugin.name, message, "Show the field of `dates` itself: an instant or a day.")


def _serves(shape: Any, wanted: Any) -> bool:
    """Whether who expects ``wanted`` can read a ``shape``: it may be null, and objects may have more keys."""
    if members := _members(shape):
        return all(_serves(each, wanted) for each in members)
    if members := _members(wanted):
        return any(_serves(shape, each) for each in members)
    origin, wanted_origin = get_origin(shape), get_origin(wanted)
    if origin is Annotated:
        return _serves(get_args(shape)[0], wanted)
    if wanted_origin is Annotated:
        return _serves(shape, get_args(wanted)[0])
    if origin is Literal:
        return (
            all(isinstance(each, wanted) for each in get_args(shape)) if isinstance(wanted, type) else shape == wanted
        )
    if wanted_origin is list:
        return origin is list and _serves(get_args(shape)[0], get_args(wanted)[0])
    if is_typeddict(wanted):
        if not is_typeddict(shape):
            return False
        has, needs = get_type_hints(shape, include_extras=True), get_type_hints(wanted, include_extras=True)
        return all(key in has and _serves(has[key], each) for key, each in needs.items())
    return bool(shape == wanted)


def _members(shape: Any) -> tuple[Any, ...]:
    """Of a union, without None; () for anything else."""
    if get_origin(shape) not in (Union, UnionType):
        return ()
    return tuple(each for each in get_args(shape) if each is not type(None))


def _is_moment(shape: Any) -> bool:
    members = _members(shape) or (shape,)
    return all(
        any(isinstance(marker, shapes.Format) and marker.name in MOMENTS for marker in get_args(each)[1:])
        for each in members
    )
