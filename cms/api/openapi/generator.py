"""The OpenAPI 3.1 description, made from the declarations of addresses, parameters, problems and shapes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import build_root_object

from cms.api import answers
from cms.api.endpoints import Endpoint, endpoints
from cms.api.openapi.components import Components, Schema, ref
from cms.api.openapi.documents import add_documents
from cms.api.openapi.examples import answer_examples, problem_example
from cms.api.openapi.headers import HEADERS
from cms.api.problems import PROBLEMS
from cms.content import shapes

EVERYWHERE = ("invalid-parameter", "method-not-allowed", "too-many-requests", "server-error", "not-ready")
SHAPES = (
    answers.Root,
    answers.ResolvedRedirect,
    answers.SearchResult,
    answers.SuggestResult,
    answers.ChangeFeed,
    answers.Problem,
    answers.GoneProblem,
    answers.Health,
    answers.Readiness,
    shapes.Navigation,
    shapes.Site,
)
TAGS = ("Cache-Tag", "Surrogate-Key")
CACHING = ("ETag", "Cache-Control", "Vary", *TAGS)
"""Of every answer that may be kept, unchanged ones as well."""
CORS = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")
"""Of every answer, where settings let other websites read them."""


class Generator(SchemaGenerator):  # type: ignore[misc]
    """drf-spectacular looks for views to inspect; ours are declared, so the operations come from there."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        return openapi()


def openapi() -> dict[str, Any]:
    """The whole description; the same for the same plugins and settings."""
    components = Components()
    add_documents(components)
    for shape in SHAPES:
        components.of(shape)
    for shape in dict.fromkeys(shape for endpoint in endpoints() for shape in endpoint.shapes):
        components.of(shape)
    components.add("OpenApi", _openapi_schema())
    components.add("Text", {"type": "string", "description": "What its media type says."})
    paths = {each.path: {each.methods[0].lower(): _operation(each)} for each in endpoints()}
    return build_root_object(  # type: ignore[no-any-return]
        paths=paths,
        components={
            "schemas": dict(sorted(components.schemas.items())),
            "responses": {_response_name(name): _problem_response(name) for name in PROBLEMS},
            "headers": HEADERS,
        },
        webhooks=None,
        version="",
    )


def _openapi_schema() -> Schema:
    return {
        "type": "object",
        "description": "An OpenAPI 3.1 description.",
        "properties": {"openapi": {"type": "string"}},
        "required": ["openapi"],
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name.replace("-", "_"),
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
    }
    words = (endpoint.description, endpoint.deprecated.note if endpoint.deprecated else "")
    if description := " ".join(filter(None, words)):
        operation["description"] = description
    if endpoint.deprecated:
        operation["deprecated"] = True
    parameters = [*endpoint.path_parameters, *(each.openapi() for each in endpoint.parameters)]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": endpoint.body}}}
    return {**operation, "security": [], "responses": _responses(endpoint)}


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {"204": {"description": "Taken.", **_headers()}} if endpoint.body else _read(endpoint)
    for name in sorted((*EVERYWHERE, *endpoint.problems), key=lambda name: PROBLEMS[name].status):
        status = str(PROBLEMS[name].status)
        if status not in found or name in endpoint.problems:
            found[status] = {"$ref": f"#/components/responses/{_response_name(name)}"}
    return found


def _read(endpoint: Endpoint) -> dict[str, Any]:
    refs = [ref(name) for name in endpoint.answers]
    content: dict[str, Any] = {"schema": refs[0] if len(refs) == 1 else {"anyOf": refs}}
    if examples := answer_examples(endpoint.name):
        content["examples"] = examples
    headers = (*CACHING, *endpoint.headers, *_leaving(endpoint)) if endpoint.cached else ()
    found: dict[str, Any] = {
        "200": {
            "description": "The answer.",
            **_headers(*headers, *(("Content-Encoding",) if endpoint.cached else ())),
            "content": dict.fromkeys(endpoint.media_types, content),
        }
    }
    if endpoint.cached:
        found["304"] = {"description": "Unchanged since the version that the request names.", **_headers(*headers)}
    return found


def _response_name(problem: str) -> str:
    return "".join(word.capitalize() for word in problem.split("-"))


def _problem_response(name: str) -> dict[str, Any]:
    problem = PROBLEMS[name]
    content = {
        "schema": ref("GoneProblem" if name == "gone" else "Problem"),
        "examples": {name: {"value": problem_example(name)}},
    }
    return {
        "description": f"{problem.title}. {problem.explanation}",
        **_headers("Cache-Control", *problem.headers, maybe=TAGS if problem.max_age_s else ()),
        "content": {"application/problem+json": content},
    }


def _leaving(endpoint: Endpoint) -> tuple[str, ...]:
    deprecated = endpoint.deprecated or any(each.deprecated for each in endpoint.parameters)
    return ("Deprecation", "Sunset") if deprecated else ()


def _headers(*names: str, maybe: tuple[str, ...] = ()) -> dict[str, Any]:
    """``maybe``: those that are not always there, though elsewhere they are."""
    found = {name: {"$ref": f"#/components/headers/{name}"} for name in (*names, *CORS)}
    return {"headers": found | {name: HEADERS[name] | {"required": False} for name in maybe}}
