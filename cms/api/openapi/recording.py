"""Real answers of a site, kept as examples of the OpenAPI description."""

from __future__ import annotations

from typing import Any

import orjson
from django.test import RequestFactory

from cms.api.endpoints import Endpoint, endpoints
from cms.plugins import registry

KEPT = 2
"""Items of every list; the rest of a long answer shows nothing more."""

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
    return found


def _ask(endpoint: Endpoint, query: dict[str, Any], **in_path: Any) -> Any:
    response: Any = endpoint.view(RequestFactory(SERVER_NAME="localhost").get(endpoint.path, query), **in_path)
    return _shortened(orjson.loads(response.content))


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(each) for each in value[:KEPT]]
    if isinstance(value, dict):
        return {key: _shortened(each) for key, each in value.items()}
    return value
