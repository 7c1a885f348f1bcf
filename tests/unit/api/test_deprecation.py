from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.api.deprecation import Deprecation
from cms.api.endpoints import Endpoint
from cms.api.openapi.generator import _operation
from cms.api.parameters import Parameter
from cms.api.values import Text

LATER = Deprecation(date(2027, 1, 1), date(2028, 6, 1), "Use /api/v1/content/.")
SOONER = Deprecation(date(2026, 11, 1), date(2028, 1, 1), "Use topic.")


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def address(deprecated: Deprecation | None = None) -> Endpoint:
    parameters = (
        Parameter(name="subject", value=Text(), description="Slugs of topics.", deprecated=SOONER),
        Parameter(name="topic", value=Text(), description="Slugs of topics."),
    )
    return Endpoint(
        name="old", route="old/", view=view, tag="Old", summary="Old", parameters=parameters, deprecated=deprecated
    )


def answer(endpoint: Endpoint, query: str = "") -> dict[str, str | None]:
    response = endpoint.serve()(RequestFactory().get(f"/{query}"))
    return {name: response.get(name) for name in ("Deprecation", "Sunset")}


def test_an_address_that_is_to_leave_says_so():
    assert answer(address(LATER)) == {"Deprecation": "@1798761600", "Sunset": "Thu, 01 Jun 2028 00:00:00 GMT"}


def test_a_parameter_says_so_where_it_is_used():
    assert answer(address(), "?topic=skole") == {"Deprecation": None, "Sunset": None}
    assert answer(address(), "?subject=skole") == {
        "Deprecation": "@1793491200",
        "Sunset": "Sat, 01 Jan 2028 00:00:00 GMT",
    }


def test_of_several_the_first_to_leave_counts():
    assert answer(address(LATER), "?subject=skole")["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"


def test_description_says_so():
    operation = _operation(address(LATER))
    assert operation["deprecated"] is True
    assert operation["description"] == "Leaves on 2028-06-01. Use /api/v1/content/."
    subject, topic = operation["parameters"]
    assert subject["deprecated"] is True
    assert subject["description"] == "Slugs of topics. Leaves on 2028-01-01. Use topic."
    assert "deprecated" not in topic
    assert {"Deprecation", "Sunset"} <= operation["responses"]["200"]["headers"].keys()


def test_a_year_is_the_least():
    with pytest.raises(ValueError, match="a year ahead"):
        Deprecation(date(2026, 11, 1), date(2027, 6, 1), "")
