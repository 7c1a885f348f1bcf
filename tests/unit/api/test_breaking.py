"""Changes of the description, each either one that clients stumble over or one that they need not notice."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.api.openapi.breaking import breaking

Spec = Any
Mutation = Callable[[Spec], object]
LIST, DETAIL, RESOLVE = "/api/v1/events/", "/api/v1/content/{id}/", "/api/v1/resolve/"
CLICKS = "/api/v1/search/clicks/"


@pytest.fixture(scope="module")
def described() -> Spec:
    return json.loads((settings.BASE_DIR / "docs/openapi.json").read_text())


def schema(spec: Spec, name: str) -> Spec:
    return spec["components"]["schemas"][name]


def key(spec: Spec, place: str) -> Spec:
    name, _, key = place.partition(".")
    return schema(spec, name)["properties"][key]


def parameters(spec: Spec, path: str) -> Spec:
    return spec["paths"][path]["get"]["parameters"]


def parameter(spec: Spec, path: str, name: str) -> Spec:
    return next(each for each in parameters(spec, path) if each["name"] == name)


def body(spec: Spec) -> Spec:
    """What clients send."""
    return spec["paths"][CLICKS]["post"]["requestBody"]["content"]


def block(spec: Spec, tag: str, new: Any = None) -> None:
    """Takes a block out of the union, or puts another one in."""
    union = schema(spec, "Block")
    reference = {"$ref": union["discriminator"]["mapping"].get(tag, f"#/components/schemas/{new}")}
    if new:
        schemas = spec["components"]["schemas"]
        schemas[new] = {**schemas["HeadingBlock"], "properties": {"type": {"type": "string", "enum": [tag]}}}
        union["oneOf"].append(reference)
        union["discriminator"]["mapping"][tag] = reference["$ref"]
    else:
        union["oneOf"].remove(reference)
        del union["discriminator"]["mapping"][tag]


BREAKING: dict[str, tuple[Mutation, str]] = {
    "an address": (lambda spec: spec["paths"].pop(LIST), f"GET {LIST}: was removed"),
    "a parameter": (
        lambda spec: parameters(spec, LIST).remove(parameter(spec, LIST, "topic")),
        f"GET {LIST} topic: the parameter was removed",
    ),
    "a parameter that becomes required": (
        lambda spec: parameter(spec, LIST, "year").update(required=True),
        f"GET {LIST} year: the parameter has become required",
    ),
    "a required parameter more": (
        lambda spec: parameters(spec, LIST).append(
            {"name": "key", "in": "query", "required": True, "schema": {"type": "string"}}
        ),
        f"GET {LIST} key: a required parameter was added",
    ),
    "one value instead of several": (
        lambda spec: parameter(spec, LIST, "status").update(explode=True),
        f"GET {LIST} status: several values are written in another way",
    ),
    "a value that may no longer be sent": (
        lambda spec: parameter(spec, LIST, "order")["schema"]["enum"].remove("oldest"),
        f"GET {LIST} order: no longer takes oldest",
    ),
    "a parameter of another type": (
        lambda spec: parameter(spec, LIST, "limit").update(schema={"type": "string"}),
        f"GET {LIST} limit: was integer, is string",
    ),
    "a lower maximum": (
        lambda spec: parameter(spec, LIST, "limit")["schema"].update(maximum=50),
        f"GET {LIST} limit: the maximum was 100, is 50",
    ),
    "fewer values at once": (
        lambda spec: parameter(spec, LIST, "topic")["schema"].update(maxItems=2),
        f"GET {LIST} topic: the maxItems was 50, is 2",
    ),
    "a free text that becomes a choice": (
        lambda spec: parameter(spec, LIST, "under")["schema"].update(enum=["/"]),
        f"GET {LIST} under: takes only some values now",
    ),
    "another form of a parameter": (
        lambda spec: parameter(spec, LIST, "year")["schema"]["items"].update(pattern="^20[0-9]{2}$"),
        f"GET {LIST} year[]: the pattern was ^[0-9]{{4}}$, is ^20[0-9]{{2}}$",
    ),
    "another default": (
        lambda spec: parameter(spec, LIST, "limit")["schema"].update(default=10),
        f"GET {LIST} limit: the default was 20, is 10",
    ),
    "a key that must be sent": (
        lambda spec: body(spec)["application/json"]["schema"]["required"].append("page"),
        f"POST {CLICKS} body.page: has become required",
    ),
    "a key that may no longer be sent": (
        lambda spec: body(spec)["application/json"]["schema"]["properties"].pop("position"),
        f"POST {CLICKS} body.position: the key was removed",
    ),
    "another way to write what is sent": (
        lambda spec: body(spec).update({"application/xml": body(spec).pop("application/json")}),
        f"POST {CLICKS} body: can no longer be application/json",
    ),
    "a body that must be sent": (
        lambda spec: spec["paths"][LIST]["get"].update(requestBody={"required": True, "content": {}}),
        f"GET {LIST} body: has become required",
    ),
    "a key": (
        lambda spec: schema(spec, "EventDetail")["properties"].pop("programme"),
        "EventDetail.programme: the key was removed",
    ),
    "a key deep inside": (
        lambda spec: schema(spec, "ImageFile")["properties"].pop("bytes"),
        "ImageFile.bytes: the key was removed",
    ),
    "a key that is not always there": (
        lambda spec: schema(spec, "Link")["required"].remove("title"),
        "Link.title: is no longer always there",
    ),
    "a key of another type": (
        lambda spec: schema(spec, "EventSummary")["properties"].update(title={"type": "integer"}),
        "EventSummary.title: was string, is integer",
    ),
    "a key that may be null": (
        lambda spec: key(spec, "EventSummary.title").update(type=["string", "null"]),
        "EventSummary.title: may be null now",
    ),
    "an object that may be null": (
        lambda spec: schema(spec, "Image")["properties"].update(
            focal_point={"anyOf": [{"$ref": "#/components/schemas/FocalPoint"}, {"type": "null"}]}
        ),
        "Image.focal_point: may be null now",
    ),
    "a whole number that gets decimals": (
        lambda spec: key(spec, "Image.width").update(type="number"),
        "Image.width: was integer, is number",
    ),
    "a list that becomes one value": (
        lambda spec: schema(spec, "RichText")["properties"].update(links={"$ref": "#/components/schemas/Link"}),
        "RichText.links: was array, is object",
    ),
    "another kind of items": (
        lambda spec: key(spec, "TableValue.rows")["items"].update(items={"type": "integer"}),
        "TableValue.rows[][]: was string, is integer",
    ),
    "a choice that becomes a free text": (
        lambda spec: key(spec, "EventSummary.status").pop("enum"),
        "EventSummary.status: is no longer one of a few values",
    ),
    "a value that answers no longer have": (
        lambda spec: key(spec, "EventSummary.status")["enum"].remove("postponed"),
        "EventSummary.status: no longer is postponed",
    ),
    "another form of a text": (
        lambda spec: key(spec, "EventSummary.first_published_at").update(format="date"),
        "EventSummary.first_published_at: the format was date-time, is date",
    ),
    "a value that may be anything": (
        lambda spec: schema(spec, "EventSummary")["properties"].update(title={}),
        "EventSummary.title: may be anything now",
    ),
    "a block": (lambda spec: block(spec, "quote"), "Block: quote was removed"),
    "an answer of another kind": (
        lambda spec: spec["paths"][RESOLVE]["get"]["responses"]["200"]["content"]["application/json"]["schema"][
            "anyOf"
        ].append({"$ref": "#/components/schemas/Health"}),
        f"GET {RESOLVE} 200: may be Health now",
    ),
    "an answer of a kind that there was": (
        lambda spec: spec["paths"][RESOLVE]["get"]["responses"]["200"]["content"]["application/json"]["schema"][
            "anyOf"
        ].pop(),
        f"GET {RESOLVE} 200: ResolvedRedirect was removed",
    ),
    "a media type": (
        lambda spec: spec["paths"][LIST]["get"]["responses"]["200"]["content"].pop("application/json"),
        f"GET {LIST} 200: is no longer application/json",
    ),
    "an answer": (lambda spec: spec["paths"][LIST]["get"]["responses"].pop("200"), f"GET {LIST} 200: the answer"),
    "a header": (
        lambda spec: spec["paths"][LIST]["get"]["responses"]["200"]["headers"].pop("ETag"),
        f"GET {LIST} 200 ETag: the header was removed",
    ),
    "a header that is not always there": (
        lambda spec: spec["components"]["headers"]["ETag"].pop("required"),
        "200 ETag: the header is no longer always there",
    ),
    "a key of a problem": (
        lambda spec: schema(spec, "GoneProblem")["properties"].pop("removed_at"),
        "GoneProblem.removed_at: the key was removed",
    ),
}
ALLOWED: dict[str, Mutation] = {
    "nothing": lambda spec: None,
    "an address more": lambda spec: spec["paths"].update({"/api/v1/new/": spec["paths"][LIST]}),
    "an optional parameter more": lambda spec: parameters(spec, LIST).append(
        {"name": "q", "in": "query", "schema": {"type": "string"}}
    ),
    "a value more that may be sent": lambda spec: parameter(spec, LIST, "order")["schema"]["enum"].append("random"),
    "a higher maximum": lambda spec: parameter(spec, LIST, "limit")["schema"].update(maximum=200),
    "a key more": lambda spec: schema(spec, "EventDetail")["properties"].update(mood={"type": "string"}),
    "a key more that is always there": lambda spec: schema(spec, "Link")["required"].append("kind"),
    "a value more in answers": lambda spec: key(spec, "EventSummary.status")["enum"].append("moved"),
    "a value that is never null any more": lambda spec: key(spec, "EventSummary.first_published_at").update(
        type="string"
    ),
    "a block more": lambda spec: block(spec, "hologram", "HologramBlock"),
    "a problem more": lambda spec: spec["paths"][LIST]["get"]["responses"].update(
        {"451": spec["paths"][LIST]["get"]["responses"]["500"]}
    ),
    "other words": lambda spec: parameter(spec, LIST, "order").update(description="?", example="title"),
    "another order of keys": lambda spec: schema(spec, "Link").update(
        properties=dict(reversed(schema(spec, "Link")["properties"].items()))
    ),
    "a schema under another name": lambda spec: (
        spec["components"]["schemas"].update(Clicks=schema(spec, "Link")),
        key(spec, "RichText.links").update(items={"$ref": "#/components/schemas/Clicks"}),
    ),
}


@pytest.mark.parametrize("change", BREAKING)
def test_breaking(described: Spec, change: str) -> None:
    mutate, expected = BREAKING[change]
    new = deepcopy(described)
    mutate(new)
    found = breaking(described, new)
    assert any(expected in each for each in found), found


@pytest.mark.parametrize("change", ALLOWED)
def test_allowed(described: Spec, change: str) -> None:
    new = deepcopy(described)
    ALLOWED[change](new)
    assert breaking(described, new) == []


def test_one_change_of_a_shared_schema_is_told_once(described: Spec) -> None:
    new = deepcopy(described)
    del schema(new, "Link")["properties"]["path"]
    assert breaking(described, new) == ["Link.path: the key was removed"]


def test_the_command_fails_on_a_breaking_change(described: Spec, tmp_path: Any) -> None:
    file = tmp_path / "released.json"
    schema(described_copy := deepcopy(described), "Link")["properties"]["target"] = {"type": "string"}
    file.write_text(json.dumps(described_copy))
    with pytest.raises(CommandError, match=r"Link\.target: the key was removed\n1 changes would break clients of"):
        call_command("openapi", "--against", str(file))


def test_nothing_breaks_the_released_contract(capsys: Any) -> None:
    call_command("openapi", "--against")
    assert "nothing breaks" in capsys.readouterr().out
