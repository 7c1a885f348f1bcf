from __future__ import annotations

import pytest

from cms.api.parameters import Parameter, read
from cms.api.problems import ProblemError
from cms.api.values import Day, OneOf, Pattern, Text, Whole

PARAMETERS = (
    Parameter(name="limit", value=Whole(1, 100), default=20, description="How many."),
    Parameter(name="colour", value=OneOf(("red", "green")), many=True, most=3, description="Colours."),
    Parameter(name="day", value=Day(), description="A day."),
    Parameter(name="code", value=Pattern("[0-9]{4}", "four digits"), description="A code."),
    Parameter(name="q", value=Text(5, blank=True), description="Words."),
)


def as_sent(query: str) -> str:
    return query.encode().decode("latin-1")


def faults(query: str) -> dict[str, tuple[str, str]]:
    with pytest.raises(ProblemError) as caught:
        read(PARAMETERS, as_sent(query))
    return {fault.parameter: (fault.detail, fault.hint) for fault in caught.value.errors}


def test_values_are_read_and_defaults_filled_in():
    assert read(PARAMETERS, "") == {"limit": 20}
    found = read(PARAMETERS, as_sent("limit=5&colour=red&day=2026-03-01&q="))
    assert (found["limit"], found["colour"], str(found["day"]), found["q"]) == (5, ("red",), "2026-03-01", "")


@pytest.mark.parametrize("query", ["colour=red,green", "colour=red&colour=green", "colour=red,red&colour=green"])
def test_comma_separated_and_repeated_are_the_same(query):
    assert read(PARAMETERS, as_sent(query))["colour"] == ("red", "green")


def test_hints_say_what_would_work():
    assert faults("colou=red")["colou"] == ("there is no such parameter here.", "Did you mean colour?")
    assert faults("colour=gren")["colour"] == ("'gren' is not possible.", "Did you mean green?")
    assert faults("colour=blue")["colour"][1] == "Possible: red, green."
    assert faults("code=12")["code"][1] == "Expected four digits."


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=1.5",
        "limit=+1",
        "limit= 1",
        "limit=٣",
        "limit=" + "9" * 30,
        "limit=",
        "limit=1&limit=1",
        "colour=red,",
        "colour=,",
        "colour=red,red,red,red",
        "day=2026-2-1",
        "day=2026-02-30",
        "day=0000-01-01",
        "code=1234%0A",
        "q=123456",
        "q=%00",
        "q=%1b",
        "q=%ff",
    ],
)
def test_malformed_values_are_refused(query):
    assert set(faults(query)) == {query.partition("=")[0]}


def test_text_is_read_in_one_unicode_form():
    assert read(PARAMETERS, as_sent("q=a%CC%8A"))["q"] == "å"


def test_openapi_of_a_parameter():
    assert PARAMETERS[1].openapi() == {
        "name": "colour",
        "in": "query",
        "description": "Colours.",
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "items": {"type": "string", "enum": ["red", "green"]},
            "minItems": 1,
            "maxItems": 3,
        },
    }
    assert PARAMETERS[0].openapi()["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
