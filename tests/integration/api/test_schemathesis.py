"""Schemathesis asks the real application for everything that the description allows, and for much that it does not.

FORMIDLE_EXAMPLES=1000 asks that many times for each address, other things in every run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from cms.api.openapi.generator import openapi

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FORMIDLE_EXAMPLES", "100"))
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
"""All but acceptance of whatever a schema allows: a cursor is a text, but not every text is a cursor."""

PLAIN = {"Accept-Encoding": "identity"}
"""An application that is called without a server in between is not decompressed for us."""

schema = schemathesis.openapi.from_dict(openapi())
schema.app = get_wsgi_application()
schema.config.update(base_url="http://localhost")
schema.config.generation.update(modes=list(GenerationMode))


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application runs in the test's transaction, so a request must not end with its connection, as usual."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def statuses() -> Iterator[Counter[int]]:
    """Of all answers of one address: a run in which nothing but problems came back would say little."""
    found: Counter[int] = Counter()
    yield found
    # 204: what only takes something; 403: nobody guesses a preview's token
    assert found[200] + found[204] + found[403] >= min(5, found.total() // 20), found


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FORMIDLE_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(published: Any, statuses: Counter[int], case: Any) -> None:
    if case.meta.generation.mode is GenerationMode.POSITIVE:
        make_real(case, published)
    response = case.call_and_validate(checks=CHECKS, headers=PLAIN)
    statuses[response.status_code] += 1


def make_real(case: Any, published: Any) -> None:
    """What only a site knows is exchanged for what this one has, so that more is answered than "there is no such"."""
    query = case.query
    if "site" in query:
        query["site"] = "localhost"
    if "locale" in query:
        query["locale"] = ["nb"] if isinstance(query["locale"], list) else "nb"
    for name in ("cursor", "after"):
        query.pop(name, None)  # followed below
    if "number" in case.path_parameters:
        case.path_parameters["number"] = 0
    if "id" in case.path_parameters:
        pages = list(published.pages.values())
        if case.path.startswith("/calendar"):
            plural = case.path_parameters["plural"]
            pages = [page for page in pages if page.content_spec.plural == plural]
        case.path_parameters["id"] = pages[len(str(case.path_parameters["id"])) % len(pages)].pk
    if isinstance(case.body, dict) and "id" in case.body:
        case.body["id"] = published["report"].pk
    if "path" in query:
        query["path"] = ("/", "/nyheter/", "/nyheter/rapport/", "/nyheter")[len(query["path"]) % 4]


@pytest.mark.parametrize("path", ["content/", "events/", "changes/"])
def test_pages_after_the_first_are_as_described(published: Any, path: str) -> None:
    operation = schema[f"/api/v1/{path}"]["GET"]
    query: dict[str, Any] = {"limit": 1}
    for _ in range(4):
        found = operation.Case(query=dict(query)).call_and_validate(checks=CHECKS, headers=PLAIN).json()
        if path == "changes/":
            query["after"] = found["cursor"]
        elif found["next"]:
            query["cursor"] = found["next"].partition("cursor=")[2].partition("&")[0]
