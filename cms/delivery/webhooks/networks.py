"""Which addresses a message may go to: public ones, and those that FORMIDLE_WEBHOOK_ALLOW_PRIVATE names."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.utils.translation import gettext_noop as _

from cms.publishing.reasons import known

Address = IPv4Address | IPv6Address

INWARD = known(_("%(address)s is not a public address"))
PLAIN = known(_("plain http goes to named networks only, not %(address)s"))

NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*(?!(?:[0-9]+|0x[0-9a-f]*)\.?$)[a-z0-9-]{1,63}\.?")
"""The last part is no number: resolvers take that for an address in shorthand."""

PORTS = frozenset({80, 443})
"""Besides all from 1024 on: no other service that listens on a low port gets a message."""

INSIDE = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",  # shared by a provider's customers; clouds have metadata here
            "168.63.129.16/32",  # the host of a virtual machine in Azure
            "192.0.0.0/24",  # protocol assignments; metadata in another cloud
            "192.88.99.0/24",
            "198.18.0.0/15",
            "240.0.0.0/4",
            "2001::/23",  # Teredo and other protocols
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "3fff::/20",
        ),
    )
)
"""Refused though some version of Python calls them global."""

UNICAST = ip_network("2000::/3")
"""Of IPv6; what is outside it is local, reserved, or stands for an IPv4 address, as NAT64 and mapped ones do."""


def refusal(text: str) -> str:
    """Why nothing is sent to an address; "" when it may be."""
    address = ip_address(text.partition("%")[0])
    if _is_allowed(address):
        return ""
    public = address.is_global and not address.is_multicast and not address.is_reserved
    public = public and (address.version == 4 or address in UNICAST)
    if public and not any(address in network for network in INSIDE):
        return ""
    return INWARD % {"address": text}


def is_address(host: str) -> bool:
    """Whether a host is written as an address, not a name."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_name(host: str) -> bool:
    """Whether a host, in ASCII, is written as a name server knows it.

    >>> [host for host in ("www.example.no", "exa%20mple.no", "2130706433", "0x7f.1") if is_name(host)]
    ['www.example.no']
    """
    return NAME.fullmatch(host) is not None


def is_port_allowed(port: int) -> bool:
    return port in PORTS or 1024 <= port <= 65535


def allows_plain_http() -> bool:
    """Unencrypted messages stay inside networks that were named."""
    return bool(settings.WEBHOOK_ALLOW_PRIVATE)


def plain_http_refusal(text: str) -> str:
    return "" if _is_allowed(ip_address(text.partition("%")[0])) else PLAIN % {"address": text}


def _is_allowed(address: Address) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return any(
        each.version == network.version and each in network
        for network in map(ip_network, settings.WEBHOOK_ALLOW_PRIVATE)
        for each in (address, mapped)
        if each is not None
    )
