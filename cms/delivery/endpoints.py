"""Feeds, calendars, and what robots ask for: their addresses, as URL patterns and in the API's description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from cms.api import common
from cms.api.endpoints import WHOLE, Endpoint, in_path
from cms.api.parameters import Parameter
from cms.delivery.calendars import views as calendars
from cms.delivery.calendars.ical import CONTENT_TYPE as ICAL
from cms.delivery.calendars.request import calendar_parameters
from cms.delivery.calendars.types import has_calendar, is_event
from cms.delivery.discovery import llms, sitemap
from cms.delivery.discovery import views as discovery
from cms.delivery.feeds import json_feed
from cms.delivery.feeds import views as feeds
from cms.delivery.feeds.request import feed_parameters
from cms.plugins import registry

WHAT_LISTS_TAKE = "Takes the filters of lists; they work where the type declares them."


def endpoints() -> Iterator[Endpoint]:
    types = registry.content_types().values()
    plurals = [each.spec.plural for each in types]
    events = [each for each in types if is_event(each)]
    for form, media_type, answer in (("atom", feeds.ATOM, "Text"), ("json", feeds.JSON, "JsonFeed")):
        yield _followed(
            name=f"feed-{form}",
            route=f"/feeds/<str:name>.{form}",
            view=partial(feeds.show, form=form),
            tag="Feeds",
            summary=f"{'Atom' if form == 'atom' else 'JSON'} feed of everything (`all`) or of a type",
            description=f"The newest first. {WHAT_LISTS_TAKE}",
            parameters=feed_parameters(common.all_types()),
            answers=(answer,),
            shapes=(json_feed.JsonFeed,),
            content_type=media_type,
            headers=("Link",),
            problems=("not-found",),
            path_parameters=(_one_of("name", [feeds.ALL, *plurals], "The plural of a type."),),
        )
    if events:
        yield _followed(
            name="calendar",
            route="/calendar/<str:plural>.ics",
            view=calendars.all_events,
            tag="Calendars",
            summary="iCalendar of all events",
            description=f"The latest {calendars.MOST} at most, and for 90 days those that were removed, as cancelled. "
            f"{WHAT_LISTS_TAKE}",
            parameters=calendar_parameters(tuple(each.name for each in events)),
            answers=("Text",),
            content_type=ICAL,
            problems=("not-found",),
            path_parameters=(_one_of("plural", [each.spec.plural for each in events], "The plural of a type."),),
        )
    if dated := [each.spec.plural for each in types if has_calendar(each)]:
        yield _followed(
            name="page-calendar",
            route="/calendar/<str:plural>/<whole:id>.ics",
            view=calendars.of_page,
            tag="Calendars",
            summary="iCalendar of one event, or of what a network gathers for",
            description="An event that was removed is cancelled.",
            parameters=(common.SITE,),
            answers=("Text",),
            content_type=ICAL,
            problems=("not-found",),
            path_parameters=(
                _one_of("plural", dated, "The plural of a type."),
                in_path("id", "The page's id.", WHOLE, 12),
            ),
        )
    yield _followed(
        name="sitemap",
        route="/sitemap.xml",
        view=discovery.sitemap,
        tag="Robots",
        summary="The sitemap, or for a large site the index of its parts",
        content_type=sitemap.CONTENT_TYPE,
    )
    yield _followed(
        name="sitemap-part",
        route="/sitemap-<whole:number>.xml",
        view=discovery.sitemap_part,
        tag="Robots",
        summary="A part of the sitemap",
        content_type=sitemap.CONTENT_TYPE,
        problems=("not-found",),
        path_parameters=(in_path("number", "As the index names it.", WHOLE, 0),),
    )
    yield _followed(
        name="robots",
        route="/robots.txt",
        view=discovery.robots,
        tag="Robots",
        summary="What robots may ask for",
        content_type=discovery.ROBOTS_CONTENT_TYPE,
        headers=(),
    )
    yield _followed(
        name="llms",
        route="/llms.txt",
        view=discovery.llms,
        tag="Robots",
        summary="The site in a page of Markdown",
        content_type=llms.CONTENT_TYPE,
    )


def _followed(
    *,
    content_type: str,
    parameters: tuple[Parameter, ...] = (common.SITE,),
    answers: tuple[str, ...] = ("Text",),
    headers: Iterable[str] = (),
    **more: Any,
) -> Endpoint:
    media_type, _, _ = content_type.partition(";")
    return Endpoint(
        parameters=parameters,
        answers=answers,
        media_types=(media_type,),
        headers=("Last-Modified", *headers),
        **more,
    )


def _one_of(name: str, values: list[str], description: str) -> dict[str, Any]:
    return in_path(name, description, {"type": "string", "enum": values}, values[0])
