"""Where messages may go."""

from __future__ import annotations

import socket
import time

import pytest

from cms.delivery.webhooks import networks
from cms.delivery.webhooks.network import Network
from cms.delivery.webhooks.post import post

INSIDE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.8.8",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.5.4",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.fixture(autouse=True)
def _nothing_named(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = []


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_refused(address):
    assert networks.refusal(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.213.112.4", "2a00:1450:400f:801::200e", "2606:4700::1111"])
def test_public_addresses_are_not(address):
    assert networks.refusal(address) == ""
    assert networks.plain_http_refusal(address)


def test_named_networks_are_allowed_and_no_other(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = ["10.1.0.0/16", "::1/128"]
    assert networks.refusal("10.1.2.3") == networks.refusal("::ffff:10.1.2.3") == networks.refusal("::1") == ""
    assert networks.plain_http_refusal("10.1.2.3") == ""
    assert networks.refusal("10.2.0.1")


def names(monkeypatch, *answers):
    """A name server that gives another answer each time."""
    left = list(answers)

    def resolve(host, port, *args, **kwargs):
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture
def connections(monkeypatch):
    """What is connected to; every connection fails."""
    made = []

    def connect(address, *args, **kwargs):
        made.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return made


def test_name_with_one_address_inside_is_refused_whole(monkeypatch, connections):
    names(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    outcome = post("https://example.org/", "{}", {}, Network())
    assert outcome.error == "refused: 127.0.0.1 is not a public address"
    assert connections == []


def test_connection_goes_to_the_address_that_was_checked(monkeypatch, connections):
    """A second look at the name would lead inside."""
    names(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    post("https://example.org/", "{}", {}, Network())
    assert connections == ["93.184.215.14"]


@pytest.mark.parametrize(
    "url",
    [
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://127.0.0.1:8443/",
    ],
)
def test_other_ways_to_write_an_address_inside(url, connections):
    outcome = post(url, "{}", {}, Network())
    assert outcome.error.startswith(("refused:", "no answer: the name", "the address cannot be used"))
    assert connections == []


@pytest.mark.parametrize("url", ["https://example.org:22/", "https://example.org:25/"])
def test_ports_of_other_services_are_refused(url, monkeypatch, connections):
    names(monkeypatch, ["93.184.215.14"])
    assert "is none of a web server" in post(url, "{}", {}, Network()).error
    assert connections == []


def test_plain_http_stays_inside(monkeypatch, connections):
    names(monkeypatch, ["93.184.215.14"])
    assert "plain http" in post("http://example.org/", "{}", {}, Network()).error


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "https://", "https://exa mple/", "x", "https://a\x00b/"]
)
def test_address_that_is_none(url):
    assert post(url, "{}", {}, Network()).error


def test_proxies_of_the_environment_are_not_used(monkeypatch, connections):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    names(monkeypatch, ["93.184.215.14"])
    post("https://example.org/", "{}", {}, Network())
    assert connections == ["93.184.215.14"]


@pytest.fixture
def dripping(settings, monkeypatch):
    """A server that sends a byte of its headers now and then."""
    settings.WEBHOOK_ALLOW_PRIVATE = ["127.0.0.0/8"]
    import threading

    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\nx: ")
                while True:
                    connection.sendall(b"a")
                    time.sleep(0.05)
            except OSError:
                pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    listening.close()


def test_slow_answer_ends_with_the_time_of_a_message(dripping, monkeypatch):
    monkeypatch.setattr("cms.delivery.webhooks.network.TOTAL_SECONDS", 0.5)
    began = time.monotonic()
    outcome = post(dripping, "{}", {}, Network())
    assert outcome.error.startswith("no answer in time")
    assert time.monotonic() - began < 2


def test_closing_wakes_up_who_waits(dripping):
    import threading

    network = Network()
    threading.Timer(0.3, network.close).start()
    began = time.monotonic()
    assert post(dripping, "{}", {}, network).code is None
    assert time.monotonic() - began < 5
