"""What every view of the API has around it: its methods, problems instead of exceptions, CORS."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from cms.api.problems import ProblemError
from cms.publishing.reads import UNREADABLE, NotBuilt

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")


def endpoint(view: View, methods: tuple[str, ...] = READING) -> View:
    """Makes a view answer problems as JSON whatever happens below it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return allow_origin(request, _answer(view, methods, request, args, kwargs))

    return answer


def allow_origin(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Lets scripts of other websites read an answer, errors included, where settings say so."""
    if origins := settings.API_CORS_ORIGINS:
        response["Access-Control-Allow-Origin"] = origins[0]
        response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, Deprecation, Sunset"
        if len(origins) > 1:  # the header takes one
            if (asking := request.headers.get("Origin")) in origins:
                response["Access-Control-Allow-Origin"] = asking
            patch_vary_headers(response, ["Origin"])
    return response


def _answer(view: View, methods: tuple[str, ...], request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    allowed = ", ".join((*methods, "OPTIONS"))
    try:
        if request.method == "OPTIONS":
            return _options(allowed)
        if request.method not in methods:
            why = "the public API is read-only" if methods == READING else f"this address takes {' and '.join(methods)}"
            detail = f"{request.method} is not possible: {why}."
            raise ProblemError("method-not-allowed", detail, headers={"Allow": allowed})
        return view(request, *args, **kwargs)
    except ProblemError as problem:
        return problem.response()
    except NotBuilt:
        return ProblemError("not-ready", "Nothing has been published here yet.").response()
    except DisallowedHost:
        return ProblemError("bad-request", "This server does not answer for that host name.").response()
    except SuspiciousOperation:  # more parameters than Django reads
        return ProblemError("bad-request", "The request has too many parameters.").response()
    except UNREADABLE as error:
        logger.error("The published documents cannot be read: %s: %s", request.path, error)
        return ProblemError("not-ready", "The published documents cannot be read now.").response()
    except Exception:
        logger.exception("Server error: %s", request.path)
        got_request_exception.send(sender=None, request=request)
        return ProblemError("server-error", "Something went wrong on our side; it has been logged.").response()


def _options(allowed: str) -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = allowed
    if settings.API_CORS_ORIGINS:
        response["Access-Control-Allow-Methods"] = allowed
        response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Content-Type"
        response["Access-Control-Max-Age"] = "86400"
    return response
