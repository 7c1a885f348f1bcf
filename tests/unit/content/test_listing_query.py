"""What a listing asks the API for."""

from __future__ import annotations

from typing import Any

import pytest

from cms.content.blocks.pages import ListingBlock


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
    value = {"types": types, "order": "newest", "when": "", "topic": "", "municipality": "", "under": None}
    context: Any = None  # asked for the path of a page only
    assert ListingBlock().query(value, context).request == request_
