"""The description against what the API answers, and against the committed one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from cms.api.openapi.examples import answer_examples, types_in
from cms.api.openapi.generator import openapi
from cms.content.blocks.body import BODY_BLOCKS
from cms.plugins import registry
from cms.publishing.projector import Projector

REQUIRED = {"/api/v1/resolve/": {"path": "/nyheter/"}}
COMPONENTS = "#/components/schemas/"


@cache
def described() -> dict[str, Any]:
    return openapi()


def faults(value: Any, schema: dict[str, Any]) -> list[str]:
    """What of a value is not as the schema says; the innermost places first."""
    resource = DRAFT202012.create_resource(described())
    root = {"$ref": "urn:openapi" + schema["$ref"]} if "$ref" in schema else _absolute(schema)
    validator = Draft202012Validator(root, registry=Registry().with_resource("urn:openapi", resource))
    return [_innermost(error) for error in validator.iter_errors(value)]


def _innermost(error: Any) -> str:
    """The fault that most likely made a union fail."""
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return f"{list(error.absolute_path)}: {error.message[:300]}"


def _absolute(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_absolute(each) for each in schema]
    if isinstance(schema, dict):
        return {
            key: "urn:openapi" + each if key == "$ref" else _absolute(each)
            for key, each in schema.items()
            if key != "discriminator"
        }
    return schema


def read_paths() -> dict[str, Any]:
    return {path: item for path, item in described()["paths"].items() if "get" in item}


def component(name: str) -> dict[str, Any]:
    return {"$ref": COMPONENTS + name}


def answer_schema(path: str, status: int) -> dict[str, Any]:
    response = described()["paths"][path]["get"]["responses"][str(status)]
    if "$ref" in response:
        response = described()["components"]["responses"][response["$ref"].rpartition("/")[2]]
    content = response["content"]
    [media_type] = content if status == 200 and "application/json" not in content else ["application/json"]
    return content[media_type if status == 200 else "application/problem+json"]["schema"]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places(each, (*path, key))


def test_description_is_valid_openapi():
    assert described()["openapi"] == "3.1.0"
    validate(described())


def test_description_is_the_committed_one():
    call_command("openapi", "--check")


def test_difference_to_the_committed_one_is_shown(tmp_path):
    file = tmp_path / "openapi.json"
    call_command("openapi", "--write", "--file", str(file))
    call_command("openapi", "--check", "--file", str(file))
    file.write_text(file.read_text().replace('"SearchResult"', '"Found"'))
    with pytest.raises(CommandError, match=r'(?s)-.*"Found".*\+.*"SearchResult".*openapi --write'):
        call_command("openapi", "--check", "--file", str(file))


def test_nothing_is_left_open_but_json_ld():
    for path, value in places(described()):
        if path[-1:] in (("example",), ("examples",)) or "examples" in path or "example" in path:
            continue
        if value in ({}, {"type": "object"}) or (path[-1:] == ("additionalProperties",) and value is True):
            assert "json_ld" in path or (path[:4] == ("components", "schemas", "OpenApi", "properties")), path


def test_types_and_blocks_are_told_apart():
    schemas = described()["components"]["schemas"]
    assert set(schemas["AnyDocument"]["discriminator"]["mapping"]) == set(registry.content_types())
    assert set(schemas["AnySummary"]["discriminator"]["mapping"]) == set(registry.content_types())
    assert set(schemas["Block"]["discriminator"]["mapping"]) == {name for name, _ in BODY_BLOCKS}
    for content_type in registry.content_types().values():
        detail = schemas[schemas["AnyDocument"]["discriminator"]["mapping"][content_type.name].rpartition("/")[2]]
        assert {expose.name for expose in content_type.spec.fields} <= set(detail["properties"])
        assert detail["properties"]["body"]["items"] == component("Block")
        assert detail["required"] == list(detail["properties"])


def test_what_a_list_may_be_asked_is_described():
    parameters = {each["name"]: each for each in described()["paths"]["/api/v1/events/"]["get"]["parameters"]}
    assert parameters["order"]["schema"]["enum"] == ["newest", "oldest", "title", "soonest", "latest"]
    assert parameters["status"]["schema"]["items"]["enum"] == ["planned", "cancelled", "postponed"]
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert "kind" not in parameters
    assert all(each["explode"] is False for each in parameters.values() if each["schema"]["type"] == "array")
    news = {each["name"]: each for each in described()["paths"]["/api/v1/news/"]["get"]["parameters"]}
    assert news["order"]["schema"]["enum"] == ["newest", "oldest", "title"]


def test_examples_are_what_they_are_examples_of():
    for path, value in places(described()):
        if path[-1:] == ("examples",):
            *above, _ = path
            media: Any = described()
            for key in above:
                media = media[key]
            for example in value.values():
                assert faults(example["value"], media["schema"]) == [], path
        if path[-1:] == ("parameters",):
            for parameter in value:
                if "example" in parameter:
                    assert faults(parameter["example"], parameter["schema"]) == [], parameter


def test_documents_are_as_described(published, api):
    mapping = described()["components"]["schemas"]["AnyDocument"]["discriminator"]["mapping"]
    blocks = set()
    for page in published.pages.values():
        document = api.get(f"content/{page.pk}/")
        detail = mapping[document["type"]]
        assert faults(document, {"$ref": detail}) == []
        assert faults(document, component("AnyDocument")) == []
        assert list(document) == list(described()["components"]["schemas"][detail.rpartition("/")[2]]["properties"])
        blocks |= {block["type"] for block in document["body"]}
    assert blocks == {name for name, _ in BODY_BLOCKS} - {"document"}


def test_summaries_are_as_described(published, api):
    for content_type in registry.content_types().values():
        listed = api.get(f"{content_type.spec.plural}/")
        name = "".join(word.capitalize() for word in content_type.name.split("-"))
        assert faults(listed, component(f"{name}List")) == []
        assert listed["results"]
    assert faults(api.get("content/", limit=2), component("ContentList")) == []
    for fields in ("title,start", "*"):
        assert faults(api.get("content/", fields=fields), component("ContentList")) == []


def test_picked_keys_are_checked_as_well(published, api):
    for path in ("content/", "events/"):
        listed = api.get(path, fields="title,start,body", type="event")
        schema = answer_schema(f"/api/v1/{path}", 200)
        assert faults(listed, schema) == []
        listed["results"][0]["title"] = 2019
        assert faults(listed, schema) != []


def test_generators_see_every_key_of_every_union():
    schemas = described()["components"]["schemas"]
    for union in ("AnySummary", "AnyRelated", "AnyHit", "AnyDocument"):
        for member in schemas[union]["oneOf"]:
            properties = schemas[member["$ref"].rpartition("/")[2]]["properties"]
            assert len(properties["type"]["enum"]) == 1
    assert {"score", "highlight", "title", "start"} <= schemas["EventHit"]["properties"].keys()
    assert {"reason", "title", "start"} <= schemas["EventRelated"]["properties"].keys()


OF_EVERY_SERVER = {
    *("Content-Type", "Content-Length", "Content-Disposition", "X-Frame-Options"),
    *("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"),
}


def test_headers_are_as_described(published, api):
    page = published["report"].pk
    for path, item in read_paths().items():
        words = {"id": page, "name": "news", "number": 0, "plural": "events", "token": "x"}
        if path.startswith("/calendar"):
            words["id"] = published["conference"].pk
        response = api.response(path.format(**words), **REQUIRED.get(path, {}))
        assert response.status_code in (200, 403), path  # nobody guesses a token
        for name in item["get"]["responses"]["200"].get("headers", {}):
            header = described()["components"]["headers"][name]
            assert name in response or not header.get("required"), (path, name)
        if "ETag" in response:
            asked = ({"If-None-Match": "*"}, {"Accept-Encoding": "br"})
            others = [api.response(path.format(**words), **REQUIRED.get(path, {}), headers=each) for each in asked]
            for answer in (response, *others):
                declared = item["get"]["responses"][str(answer.status_code)]["headers"]
                assert set(answer.headers) - OF_EVERY_SERVER <= set(declared), (path, answer.status_code)
    assert "Link" in api.response("content/", limit=1)
    assert "Last-Modified" in api.response(f"content/{published['report'].pk}/")


def test_headers_of_what_is_not_there_are_as_described(published, api):
    page = published["report"]
    type(page).objects.get(pk=page.pk).unpublish()
    Projector().drain()
    for name, status, id, path in (("Gone", 410, page.pk, "/nyheter/rapport/"), ("NotFound", 404, 999, "/x/")):
        declared = described()["components"]["responses"][name]["headers"]
        for answer in (api.response(f"content/{id}/"), api.response("resolve/", path=path)):
            assert (answer.status_code, "Cache-Tag" in answer) == (status, True)
            assert set(answer.headers) - OF_EVERY_SERVER <= set(declared)


def test_every_address_has_real_examples():
    for path, item in read_paths().items():
        for media_type, content in item["get"]["responses"]["200"]["content"].items():
            assert "examples" in content or "schema" in path or not media_type.endswith("json"), path
    details = described()["paths"]["/api/v1/content/{id}/"]["get"]["responses"]["200"]["content"]["application/json"]
    assert set(details["examples"]) == set(registry.content_types())


def test_examples_of_types_that_are_not_installed_are_left_out(monkeypatch):
    assert types_in(
        {"results": [{"type": "event", "path": "/x/", "image": {"sources": [{"type": "image/avif"}]}}]}
    ) == {"event"}
    monkeypatch.setattr(registry, "content_types", lambda: {"event": None})
    assert set(answer_examples("document")) <= {"event"}


def test_other_answers_are_as_described(published, api):
    asked: dict[str, dict[str, Any]] = {
        "": {},
        "resolve/": {"path": "/nyheter/rapport/"},
        "search/": {"q": "konferansen"},
        "search/suggest/": {"q": "konf"},
        "changes/": {"limit": 100},
        "navigation/": {},
        "site/": {},
    }
    for path, parameters in asked.items():
        answer = api.get(path, **parameters)
        assert faults(answer, answer_schema(f"/api/v1/{path}", 200)) == [], path
    for path in ("/healthz/", "/readyz/"):
        assert faults(api.get(path), answer_schema(path, 200)) == []
    schema = answer_schema("/feeds/{name}.json", 200)
    for path in ("/feeds/all.json", "/feeds/events.json?limit=1"):
        assert faults(api.client.get(path).json(), schema) == []


def test_problems_are_as_described(published, api):
    assert faults(api.get("news/", 400, limit=0), answer_schema("/api/v1/news/", 400)) == []
    assert faults(api.get("content/999999/", 404), answer_schema("/api/v1/content/{id}/", 404)) == []
    assert faults(api.get("changes/", 410, after="WyJ4IiwibG9nIiwwLDBd"), answer_schema("/api/v1/changes/", 410)) == []
    page = published["page"]
    page.refresh_from_db()
    page.unpublish()
    published.follow()
    assert faults(api.get(f"content/{page.pk}/", 410), answer_schema("/api/v1/content/{id}/", 410)) == []


def test_server_hands_out_the_description(api, db):
    assert api.get("schema/", format="json") == json.loads(json.dumps(described()))
    response = api.response("schema/")
    assert response["Content-Type"] == "application/yaml"
    assert response.content.startswith(b"openapi: 3.1.0")


def test_drf_spectacular_writes_the_same(capsys):
    call_command("spectacular", "--format", "openapi-json")
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(described()))
