"""``/api/v1/preview/{token}/``: a draft as the JSON that it will be, and the files that it shows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from cms.api import common
from cms.api.fields import check_fields, pick
from cms.api.parameters import query_of, read
from cms.api.problems import ProblemError, invalid, not_found
from cms.api.views.documents import detail_parameters
from cms.delivery.media import send_file
from cms.preview.opening import EndedToken, UnknownToken, check_file, open_token
from cms.publishing.hosts import host_of


def document(request: HttpRequest, token: str) -> HttpResponse:
    values = read(detail_parameters(), query_of(request))
    if faults := check_fields(values):
        raise invalid(faults)
    try:
        built = open_token(token.removesuffix("/")).build()
    except UnknownToken:
        raise _unknown() from None
    except EndedToken:
        raise _ended() from None
    if "site" in values and common.site_of(values, host_of(request)).id != built.site.id:
        raise _unknown()
    body = built.detail_bytes(version=0)
    if fields := values.get("fields", ()):
        body = pick(body, fields)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Length"] = str(len(body))
    return response


def file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    try:
        check_file(key, name)
        return send_file(name, name)
    except UnknownToken:
        raise _unknown() from None
    except EndedToken:
        raise _ended() from None
    except Http404:
        raise not_found("The file is gone.") from None


def _unknown() -> ProblemError:
    return ProblemError("preview-unknown", "There is no such preview.")


def _ended() -> ProblemError:
    return ProblemError("preview-ended", "The preview has expired, was revoked, or its page changed what is public.")
