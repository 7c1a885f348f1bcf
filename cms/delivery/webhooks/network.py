"""Connections to receivers: only to addresses that were checked, and none lives longer than its message may take."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

import certifi
import httpcore
from django.utils.translation import gettext_noop as _

from cms.delivery.webhooks import networks
from cms.publishing.reasons import known

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0

PORT = known(_("port %(port)s is none of a web server"))
UNRESOLVED = known(_("the name %(host)s cannot be resolved: %(why)s"))
NO_ADDRESS = known(_("the name has no address"))
NO_CONNECTION = known(_("no connection to %(address)s port %(port)s: %(why)s"))
TOO_LONG = known(_("it took too long"))
LATE = known(_("the answer took longer than %(seconds)s s"))


class Refused(Exception):
    """The receiver's address is none that messages may be sent to."""


class Network(httpcore.NetworkBackend):
    """For one message at a time: ``begin()`` starts its clock. ``close()`` from another thread ends what is under way.

    A name is resolved here, all its addresses are checked, and the connection goes to one of these, so that no second
    answer of a name server can lead elsewhere.
    """

    def __init__(self) -> None:
        self.closed = threading.Event()
        self._deadline = 0.0
        self._plain = False
        self._stream: Stream | None = None

    def begin(self, *, plain: bool) -> None:
        """``plain``: the message is not encrypted."""
        self._deadline = time.monotonic() + TOTAL_SECONDS
        self._plain = plain

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if not networks.is_port_allowed(port):
            raise Refused(PORT % {"port": port})
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(UNRESOLVED % {"host": host, "why": error}) from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        check = networks.plain_http_refusal if self._plain else networks.refusal
        for address in addresses:
            if reason := check(address):
                raise Refused(reason)
        stream = self._connect(addresses, port)
        self._stream = Stream(stream, self._deadline)
        if self.closed.is_set():
            self._stream.cut()
        return self._stream

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise Refused("no message goes to a socket file")

    def close(self) -> None:
        self.closed.set()
        if self._stream is not None:
            self._stream.cut()

    def _connect(self, addresses: list[str], port: int) -> httpcore.NetworkStream:
        """The first address that answers; they share the time."""
        end = time.monotonic() + CONNECT_SECONDS
        for left in range(len(addresses), 0, -1):
            address = addresses[-left]
            seconds = max(0.1, (end - time.monotonic()) / left)
            try:
                return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                if left == 1:
                    values = {"address": address, "port": port, "why": str(error) or TOO_LONG}
                    raise type(error)(NO_CONNECTION % values) from error
        raise httpcore.ConnectError(NO_ADDRESS)


class Stream(httpcore.NetworkStream):
    """Takes part in no exchange beyond the deadline, however slowly the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def cut(self) -> None:
        """Wakes up whoever waits for the other side."""
        with suppress(OSError):  # it is over already
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._stream = self._stream.start_tls(ssl_context, server_hostname, self._left(httpcore.ConnectTimeout))
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, late: type[Exception]) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise late(LATE % {"seconds": f"{TOTAL_SECONDS:g}"})
        return left


@cache
def ssl_context() -> ssl.SSLContext:
    """Trusts what the machine trusts, and where that is nothing, as in small containers, Mozilla's list."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
