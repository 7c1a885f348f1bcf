"""Queries whose SQL is made once: building it costs several times what the database takes to answer by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from cms.publishing import planned


@dataclass(frozen=True, slots=True)
class _Compiled:
    """``names``: of the SQL's parameters, each with its place among the arguments and, behind them, the constants."""

    sql: str
    names: Mapping[str, int]
    constants: tuple[Any, ...]
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
        connection = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled.get(connection.vendor) or self._compile(connection.vendor)
        values = arguments + compiled.constants
        rows = fetch(connection, compiled.sql, {name: values[place] for name, place in compiled.names.items()})
        if compiled.converters:
            return [tuple(row) for row in compiled.compiler.apply_converters(rows, compiled.converters)]
        return rows

    def _compile(self, vendor: str) -> _Compiled:
        compiler = self._build(*self._stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        names: dict[str, int] = {}
        values = list(self._stand_ins)
        rest = iter(parameters)

        def named(found: re.Match[str]) -> str:
            """Each argument is sent once however often it is asked for, and numbers that never change not at all."""
            if found[0] == "%%":
                return found[0]
            value = next(rest)
            if value not in values:
                if type(value) is int:
                    return str(value)
                values.append(value)
            name = f"p{values.index(value)}"
            names[name] = values.index(value)
            return f"%({name})s"

        text = re.sub("%[s%]", named, sql)
        if missing := set(range(len(self._stand_ins))) - set(names.values()):
            raise TypeError(f"The arguments {sorted(missing)} do not stand in the SQL as they are: {sql}")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        compiled = self._compiled[vendor] = _Compiled(
            text, names, tuple(values[len(self._stand_ins) :]), compiler, converters
        )
        return compiled


def fetch(connection: Any, sql: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a SELECT that is asked often, perhaps with other parameters; ``connection`` is Django's."""
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
