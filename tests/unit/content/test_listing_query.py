"""What a listing asks the API for."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.content.blocks.pages import ListingBlock
from cms.content.packages.package_context import PackageContext

NOWHERE = PackageContext(lambda _: None, lambda _: None, lambda _: None)


def request(types: list[str], **filters: str) -> str:
    value = {"types": types, "order": "newest", "when": "", "topic": "", "municipality": "", "under": None, **filters}
    context: Any = NOWHERE
    return ListingBlock().query(value, context).request


@pytest.mark.parametrize(
    ("types", "request_"),
    [
        (["event"], "events/?order=newest"),
        (["exhibition", "event"], "events/?order=newest"),
        (["exhibition"], "content/?under=/-/&order=newest"),
        ([], "content/?order=newest"),
    ],
)
def test_types_that_are_switched_off_are_left_out_as_the_api_would_refuse_them(types: list[str], request_: str) -> None:
    assert request(types) == request_


@pytest.mark.parametrize(
    ("types", "filters", "request_"),
    [
        (["section"], {"topic": "arbeidsliv"}, "sections/?under=/-/&order=newest"),
        (["section", "event"], {"topic": "arbeidsliv"}, "content/?type=section,event&topic=arbeidsliv&order=newest"),
        (["page"], {"municipality": "3405"}, "pages/?under=/-/&order=newest"),
        (["news-article"], {"when": "upcoming"}, "news/?under=/-/&order=newest"),
        (["event"], {"topic": "arbeids liv"}, "events/?under=/-/&order=newest"),
        ([], {"when": "upcoming"}, "content/?when=upcoming&order=newest"),
    ],
)
def test_filter_that_the_api_would_refuse_finds_nothing(
    types: list[str], filters: dict[str, str], request_: str
) -> None:
    assert request(types, **filters) == request_


def test_topic_is_a_slug() -> None:
    topic = ListingBlock().child_blocks["topic"]
    assert topic.clean("arbeidsliv") == "arbeidsliv"
    with pytest.raises(ValidationError):
        topic.clean("arbeids liv")
