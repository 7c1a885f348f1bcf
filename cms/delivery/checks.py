"""Mistakes in the settings of delivery."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_networks(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for each in settings.WEBHOOK_ALLOW_PRIVATE:
        try:
            ip_network(each)
        except ValueError as error:
            found.append(
                Error(
                    f"FORMIDLE_WEBHOOK_ALLOW_PRIVATE names no network: {error}.",
                    hint="List networks, as 10.1.0.0/16,fd00:1::/64; 1 allows all addresses and is for development.",
                    id="delivery.E001",
                )
            )
    return found


def check_purging(**_: Any) -> list[CheckMessage]:
    kind = settings.PURGE_KIND
    if kind not in ("", "fastly", "cloudflare", "http"):
        return [
            Error(f"FORMIDLE_PURGE is {kind!r}.", hint="fastly, cloudflare or http: docs/cdn.md.", id="delivery.E002")
        ]
    if kind and not settings.PURGE_URLS:
        return [Error(f"FORMIDLE_PURGE is {kind} without FORMIDLE_PURGE_URL.", hint="docs/cdn.md.", id="delivery.E003")]
    if kind in ("fastly", "cloudflare") and not settings.PURGE_TOKEN:
        return [Error(f"{kind} needs FORMIDLE_PURGE_TOKEN.", hint="docs/cdn.md.", id="delivery.E004")]
    return []
