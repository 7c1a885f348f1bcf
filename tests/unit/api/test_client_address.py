from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings

from cms.api.client_address import client_address


def address(remote: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


def test_without_trusted_proxies_nobody_can_claim_another_address() -> None:
    assert address("192.0.2.1", "198.51.100.7") == "192.0.2.1"


@override_settings(FORMIDLE_TRUSTED_PROXIES=["10.0.0.0/8", "127.0.0.1", "2001:db8:1::/48"])
@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),  # the client wrote the first one itself
        ("10.0.0.1", "198.51.100.7, 10.2.3.4", "198.51.100.7"),
        ("127.0.0.1", "198.51.100.7:4711,10.2.3.4:80", "198.51.100.7"),
        ("192.0.2.9", "198.51.100.7", "192.0.2.9"),  # past the proxy
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("10.0.0.1", "198.51.100.7, unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7,,", "10.0.0.1"),
        ("10.0.0.1", "[2001:db8:9::5]:443", "2001:db8:9::/64"),
        ("2001:db8:1::1", "2001:db8:9:0:1::5", "2001:db8:9::/64"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", ""),
    ],
)
def test_last_entry_that_no_trusted_proxy_wrote_about_itself_counts(
    remote: str, forwarded: str | None, client: str
) -> None:
    assert address(remote, forwarded) == client
