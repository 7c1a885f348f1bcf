"""Who asks: the address of a client, also behind proxies, so that nobody can claim to be somebody else."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
IPV6_CUSTOMER_BITS = 64
"""One customer has at least this network to choose addresses from."""


def client_address(request: HttpRequest) -> str:
    """The address that counts for throttling: IPv4 as it is, of IPv6 the /64 network; "" when it is not known.

    ``X-Forwarded-For`` is read from its end, as long as what wrote an entry is one of FORMIDLE_TRUSTED_PROXIES.
    """
    client = parsed(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    for entry in reversed(forwarded.split(",") if forwarded else []):
        if client is None or not _is_trusted(client):
            break
        earlier = parsed(entry)
        if earlier is None:
            break
        client = earlier
    if isinstance(client, IPv6Address):
        return str(ip_network((client, IPV6_CUSTOMER_BITS), strict=False))
    return str(client or "")


def parsed(text: str) -> Address | None:
    """``10.0.0.1``, ``10.0.0.1:4711``, ``[2001:db8::1]:443``, ``::ffff:10.0.0.1``; None for what is no address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in networks(tuple(settings.FORMIDLE_TRUSTED_PROXIES)))


@cache
def networks(texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Raises ValueError for a text that is neither an address nor a network."""
    return tuple(ip_network(text) for text in texts)
