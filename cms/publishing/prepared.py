"""Queries whose SQL is made once: building it costs several times what the database takes to answer by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from cms.publishing import planned


@dataclass(frozen=True, slots=True)
class _Compiled:
    """``order``: for each parameter of the SQL, which argument it is, or the constant that it always is."""

    sql: str
    order: tuple[tuple[bool, Any], ...]
    compiler: Any
    converters: Any


class Prepared:
    """Rows of a ``values_list`` queryset that ``build`` makes from arguments; called with numbers and texts.

    >>> named = Prepared(lambda name: Site.objects.filter(hostname=name).values_list("pk"), "")
    >>> named("example.org")
    [(1,)]
    """

    def __init__(self, build: Callable[..., Any], *examples: int | str) -> None:
        """``examples`` have the types of the arguments."""
        self._build = build
        self._stand_ins = [
            -(2_000_000_000 + place) if isinstance(example, int) else f"\x02argument {place}\x03"
            for place, example in enumerate(examples)
        ]
        self._compiled: dict[str, _Compiled] = {}

    def __call__(self, *arguments: int | str) -> list[tuple[Any, ...]]:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        compiled = self._compiled.get(vendor) or self._compile(vendor)
        rows = fetch(compiled.sql, [arguments[each] if given else each for given, each in compiled.order])
        if compiled.converters:
            return [tuple(row) for row in compiled.compiler.apply_converters(rows, compiled.converters)]
        return rows

    def _compile(self, vendor: str) -> _Compiled:
        compiler = self._build(*self._stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        order = tuple(
            (True, self._stand_ins.index(each)) if each in self._stand_ins else (False, each) for each in parameters
        )
        missing = set(range(len(self._stand_ins))) - {each for given, each in order if given}
        if missing:
            raise TypeError(f"The arguments {sorted(missing)} do not stand in the SQL as they are: {sql}")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        compiled = self._compiled[vendor] = _Compiled(sql, order, compiler, converters)
        return compiled


def fetch(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows of a SELECT that is asked often, perhaps with other parameters."""
    connection = connections[DEFAULT_DB_ALIAS]
    if planned.can(connection):
        try:
            return planned.fetch(connection, sql, parameters)
        except (DatabaseError, InterfaceError):
            if connection.in_atomic_block:
                raise
            # The connection has died, or a migration changed a table under its plan: once more, on a new one.
            connection.close()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
