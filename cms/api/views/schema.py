"""The OpenAPI description, and its pages for people."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.renderers import OpenApiYamlRenderer

from cms.api.parameters import Parameter, query_of, read
from cms.api.problems import PROBLEMS, not_found
from cms.api.responses import json_response
from cms.api.values import OneOf

PARAMETERS = (
    Parameter(name="format", value=OneOf(("yaml", "json")), default="yaml", description="How it is written."),
)
CONTENT_TYPES = {"yaml": "application/yaml", "json": "application/json"}
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
"""Swagger UI sets styles of its own; scripts come from this server alone."""


def schema(request: HttpRequest) -> HttpResponse:
    form = read(PARAMETERS, query_of(request))["format"]
    return json_response(request, _written(form), tags=["schema"], content_type=CONTENT_TYPES[form])


@cache
def _written(form: str) -> bytes:
    from cms.api.openapi.generator import openapi  # it reads the declarations, which name this view

    description = openapi()
    if form == "json":
        return orjson.dumps(description)
    return bytes(OpenApiYamlRenderer().render(description))


def docs(request: HttpRequest) -> HttpResponse:
    return _page(request, "api/docs.html", {})


def problems(request: HttpRequest) -> HttpResponse:
    return _page(request, "api/problems.html", {"problems": PROBLEMS.values()})


def problem(request: HttpRequest, name: str) -> HttpResponse:
    """What the ``type`` of a problem leads to."""
    if name not in PROBLEMS:
        raise not_found(f"There is no problem {name}.")
    return _page(request, "api/problems.html", {"problems": [PROBLEMS[name]], "one": True})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    read((), query_of(request))
    response = render(request, template, context)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "public, max-age=300"
    return response
