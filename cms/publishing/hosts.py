"""Which Host headers public addresses answer: those that the operator names, and those of the sites themselves."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port

from cms.publishing import reads


def host_of(request: HttpRequest) -> str:
    """``www.example.org``, with its port if it has one. Raises DisallowedHost.

    One SQL query, for hosts that FORMIDLE_HOSTS does not name.
    """
    try:
        return request.get_host()
    except DisallowedHost:
        host = request._get_raw_host()  # type: ignore[attr-defined]  # get_host() without its check
        if reads.site_named(split_domain_port(host)[0]) is None:
            raise
        return str(host)
