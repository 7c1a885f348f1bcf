"""An engine behind a network that can fail: an index served over TCP, and a proxy before it that refuses or hangs."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, Literal

from search.contract import Engine, EngineUnavailable

Mode = Literal["pass", "refuse", "hang"]


class Server:
    """Does what is asked of an engine over TCP."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._listener = Listener(("127.0.0.1", 0))
        self.port: int = self._listener.address[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._answer, args=(self._listener.accept(),), daemon=True).start()

    def _answer(self, connection: Connection) -> None:
        with suppress(EOFError, OSError), connection:
            path, arguments, options = connection.recv()
            target: Any = self.engine
            try:
                for name in path[:-1]:
                    target = getattr(target, name)()
                found = getattr(target, path[-1])(*arguments, **options)
                connection.send((True, found is not None if path == ("candidate",) else found))
            except Exception as error:
                connection.send((False, error))


class Proxy:
    """Passes connections on, refuses them, or takes them and says nothing; those that are open, too."""

    def __init__(self, port: int) -> None:
        self.mode: Mode = "pass"
        self._to = port
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._held: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()
        for each in self._held:
            each.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client = self._socket.accept()[0]
                if self.mode == "refuse":
                    client.close()
                    continue
                self._held.append(client)
                if self.mode == "pass":
                    server = socket.create_connection(("127.0.0.1", self._to))
                    for pair in ((client, server), (server, client)):
                        threading.Thread(target=self._copy, args=pair, daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while (data := source.recv(65536)) and self.mode != "refuse":
                if self.mode == "pass":
                    target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)


class RemoteEngine:
    """``search.contract.Engine`` over TCP; waits ``patience_s`` for an answer."""

    name = "remote"
    remote = True

    def __init__(self, port: int, patience_s: float, *path: str) -> None:
        self._port = port
        self.patience_s = patience_s
        self._path = path

    def candidate(self) -> RemoteEngine | None:
        there = self._call("candidate")
        return RemoteEngine(self._port, self.patience_s, "candidate") if there else None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *arguments, **options: self._call(name, *arguments, **options)

    def _call(self, name: str, *arguments: Any, **options: Any) -> Any:
        try:
            with Client(("127.0.0.1", self._port)) as connection:
                connection.send(((*self._path, name), arguments, options))
                if not connection.poll(self.patience_s):
                    raise EngineUnavailable("no answer")
                well, found = connection.recv()
        except (OSError, EOFError) as error:
            raise EngineUnavailable(str(error)) from error
        if not well:
            raise found
        return found
