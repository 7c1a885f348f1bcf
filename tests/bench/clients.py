"""Clients of a server on loopback: some connections kept alive, each with one request on its way, from one thread.

A server that has the next request waiting does not go to sleep in between; with a single client it would after each.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from types import TracebackType

CONNECTIONS = 8


class Clients:
    """``port`` on ``host``; to be closed."""

    def __init__(self, host: str, port: int) -> None:
        self._selector = selectors.DefaultSelector()
        for _ in range(CONNECTIONS):
            connection = socket.create_connection((host, port), timeout=60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(connection, selectors.EVENT_READ, bytearray())

    def __enter__(self) -> Clients:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def ask(self, requests: Sequence[bytes], seconds: float, expected: int = 200) -> tuple[int, int]:
        """Asks in turn for so long, and waits for what is on its way: number of answers, body bytes of the last.

        Raises RuntimeError for another status than ``expected``.
        """
        asked, end = cycle(requests), time.perf_counter() + seconds
        count = size = 0
        for key in self._selector.get_map().values():
            key.fileobj.sendall(next(asked))  # type: ignore[union-attr]
        on_their_way = CONNECTIONS
        while on_their_way:
            for connection, answer in self._answers():
                size = _body_size(answer, expected)
                count += 1
                if time.perf_counter() < end:
                    connection.sendall(next(asked))
                else:
                    on_their_way -= 1
        return count, size

    def _answers(self) -> Iterator[tuple[socket.socket, bytes]]:
        """Those that have come in whole."""
        ready = self._selector.select(60)
        if not ready:
            raise RuntimeError("no answer within a minute")
        for key, _ in ready:
            connection: socket.socket = key.fileobj  # type: ignore[assignment]
            received: bytearray = key.data
            part = connection.recv(1 << 18)
            if not part:
                raise RuntimeError(f"the server hung up: {bytes(received[:300])!r}")
            received += part
            if _is_whole(received):
                answer = bytes(received)
                received.clear()
                yield connection, answer


def request(host: str, path: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """A GET as it is sent."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode()


def _is_whole(received: bytearray) -> bool:
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(received[:end]).lower()
    if b"\r\ntransfer-encoding: chunked" in head:
        return received.endswith(b"0\r\n\r\n")
    return len(received) - end - 4 >= _length(head)


def _length(head: bytes) -> int:
    """Of the body, by the lower-case head; 0 where it has none, as 304."""
    _, _, rest = head.partition(b"\r\ncontent-length:")
    return int(rest.split(b"\r\n", 1)[0]) if rest else 0


def _body_size(answer: bytes, expected: int) -> int:
    head, _, body = answer.partition(b"\r\n\r\n")
    if head.split(b" ", 2)[1] != str(expected).encode():
        raise RuntimeError(f"not {expected}: {answer[:500]!r}")
    return len(body)
