"""Real answers of a site, kept as examples of the OpenAPI description."""

from __future__ import annotations

from typing import Any

import orjson
from django.test import RequestFactory

from cms.api.endpoints import Endpoint, endpoints
from cms.plugins import registry

KEPT = 2
"""Items of every list; the rest of a long answer shows nothing more."""
LONGEST_TEXT = 2000
"""Characters of an answer that is no JSON, and so cannot be shortened; longer ones are no examples."""

QUERIES: dict[str, dict[str, dict[str, Any]]] = {
    "root": {"root": {}},
    "search": {"hits": {"q": "konferanse"}},
    "suggest": {"suggestions": {"q": "konf"}},
    "changes": {"everything": {"limit": KEPT}},
    "navigation": {"navigation": {}},
    "site": {"site": {}},
    "healthz": {"alive": {}},
    "readyz": {"ready": {}},
}
"""Endpoint → name of the example → what is asked."""


def record() -> dict[str, dict[str, Any]]:
    """Endpoint → name → shortened answer, for every address that this site can show something of."""
    by_name = {each.name: each for each in endpoints()}
    found = {
        endpoint: {name: _ask(by_name[endpoint], query) for name, query in queries.items()}
        for endpoint, queries in QUERIES.items()
    }
    found |= {"content": {"list": _ask(by_name["content"], {"limit": KEPT})}, "document": {}, "resolve": {}}
    for content_type in registry.content_types().values():
        plural = content_type.spec.plural
        listed = _ask(by_name[plural], {"limit": 1})
        if not listed["results"]:
            continue
        [summary] = listed["results"]
        found[plural] = {"list": listed}
        found["document"][content_type.name] = _ask(by_name["document"], {}, id=summary["id"])
        if not found["resolve"]:
            found["resolve"]["page"] = _ask(by_name["resolve"], {"path": summary["path"]})
    for endpoint in endpoints():
        if endpoint.route.startswith("/") and endpoint.name not in found and (answer := _beside(endpoint, by_name)):
            found[endpoint.name] = {endpoint.name: answer}
    return found


def _beside(endpoint: Endpoint, by_name: dict[str, Endpoint]) -> Any:
    """What an address outside the API answers for the examples of its parameters; "" where that is too long."""
    in_path = {each["name"]: each["example"] for each in endpoint.path_parameters}
    if {"plural", "id"} <= in_path.keys():
        [summary] = _ask(by_name[in_path["plural"]], {"limit": 1})["results"]
        in_path["id"] = summary["id"]
    limit = {"limit": 1} if any(each.name == "limit" for each in endpoint.parameters) else {}
    answer = _ask(endpoint, limit, **in_path)
    return "" if isinstance(answer, str) and len(answer) > LONGEST_TEXT else answer


def _ask(endpoint: Endpoint, query: dict[str, Any], **in_path: Any) -> Any:
    path = endpoint.path.format(**in_path)
    response: Any = endpoint.view(RequestFactory(SERVER_NAME="localhost").get(path, query), **in_path)
    if response["Content-Type"].partition(";")[0].endswith("json"):
        return _shortened(orjson.loads(response.content))
    return response.content.decode()


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(each) for each in value[:KEPT]]
    if isinstance(value, dict):
        return {key: _shortened(each) for key, each in value.items()}
    return value
