"""The site behind a real server, inside the test's own transaction: its threads use the test's connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.testcases import LiveServerThread


@contextmanager
def served() -> Iterator[str]:
    """Yields ``http://127.0.0.1:PORT``. Whoever uses it waits for each answer before the next request."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.inc_thread_sharing()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={DEFAULT_DB_ALIAS: connection})
    server.daemon = True
    # after each request the server would close what the test goes on with
    with patch.object(connection, "close_if_unusable_or_obsolete"), patch.object(connection, "close"):
        server.start()
        server.is_ready.wait()
        try:
            if server.error:
                raise server.error
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.terminate()
            connection.dec_thread_sharing()
