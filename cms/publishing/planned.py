"""Statements that PostgreSQL plans once for each connection; values travel in binary form.

It takes a third of what a cursor takes, and most of what a request for a document costs the database is planning.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from psycopg.adapt import AdaptersMap, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.types.numeric import Int8

MOST = 200
"""Statements of one connection. Lists have more texts than that if somebody tries all their filters together."""

Key = tuple[str, tuple[int, ...]]
"""The text, and the types of its parameters."""

_of: WeakKeyDictionary[psycopg.Connection[Any], _Statements] = WeakKeyDictionary()


def can(connection: Any) -> bool:
    """Not where statements are counted, nor where the next one must begin a transaction, which Django's cursors do."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        return False
    return not connection.in_atomic_block or connection.connection.pgconn.transaction_status != TransactionStatus.IDLE


def fetch(connection: Any, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a SELECT. Raises Django's errors; ``connection`` is Django's as well.

    Names, where parameters have some, stand in the order in which the SQL first has them.
    """
    values = parameters.values() if isinstance(parameters, Mapping) else parameters
    connection.ensure_connection()
    with connection.wrap_database_errors:
        own = connection.connection
        statements = _of.get(own) or _of.setdefault(own, _Statements(own.adapters))
        with own.lock:  # in tests a server shares the connection of the test
            rows = statements.fetch(own.pgconn, sql, values)
    connection.health_check_done = True  # it just answered
    return rows


class _Statements:
    """Those of one connection. A name is made of its text, so that it cannot mean another one behind a pooler."""

    def __init__(self, adapters: AdaptersMap) -> None:
        self._names: dict[Key, bytes] = {}
        self._values = Transformer(adapters)

    def fetch(self, pgconn: Any, sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
        # numbers of one size, as a statement belongs to the types of its parameters
        given = [Int8(each) if type(each) is int else each for each in parameters]
        values: Any = self._values.dump_sequence(given, [PyFormat.AUTO] * len(given))
        types, formats = self._values.types or (), self._values.formats
        if settings.PREPARED_STATEMENTS:
            name = self._names.get((sql, types)) or self._prepare(pgconn, (sql, types))
            result = pgconn.exec_prepared(name, values, formats, Format.BINARY)
        else:
            result = pgconn.exec_params(_numbered(sql), values, types, formats, Format.BINARY)
        self._values.set_pgresult(self._good(result, ExecStatus.TUPLES_OK))
        return self._values.load_rows(0, result.ntuples, tuple)

    def _prepare(self, pgconn: Any, key: Key) -> bytes:
        if len(self._names) >= MOST:
            self._good(pgconn.exec_(b"DEALLOCATE ALL"), ExecStatus.COMMAND_OK)
            self._names.clear()
        sql, types = key
        name = blake2b(repr(key).encode(), digest_size=16).hexdigest().encode()
        self._good(pgconn.prepare(name, _numbered(sql), types), ExecStatus.COMMAND_OK)
        self._names[key] = name
        return name

    def _good(self, result: Any, expected: ExecStatus) -> Any:
        if result.status != expected:
            raise error_from_result(result)
        return result


def _numbered(sql: str) -> bytes:
    """
    >>> _numbered("a = %s AND b = %s")
    b'a = $1 AND b = $2'
    >>> _numbered("a = %(x)s AND b = %(y)s OR c = %(x)s")
    b'a = $1 AND b = $2 OR c = $1'
    """
    count = itertools.count(1)
    numbers: defaultdict[str, int] = defaultdict(lambda: next(count))

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return f"${numbers[found[1]] if found[1] else next(count)}"

    return re.sub(r"%%|%(?:\((\w+)\))?s", number, sql).encode()
