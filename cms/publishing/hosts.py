"""Which Host headers public addresses answer: those that the operator names, and those of the sites themselves."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from cms.publishing import reads


def host_of(request: HttpRequest) -> str:
    """``www.example.org``, with its port if it has one. Raises DisallowedHost.

    One SQL query, for hosts that FORMIDLE_HOSTS does not name.
    """
    host: str = request._get_raw_host()  # type: ignore[attr-defined]  # get_host() without its check
    if _is_named(host, tuple(settings.ALLOWED_HOSTS)):
        return host
    try:
        return request.get_host()
    except DisallowedHost:
        if reads.site_named(split_domain_port(host)[0]) is None:
            raise
        return host


@lru_cache(maxsize=100)
def _is_named(host: str, named: tuple[str, ...]) -> bool:
    domain, _ = split_domain_port(host)  # "" for what is no host at all
    return bool(domain) and validate_host(domain, named)
