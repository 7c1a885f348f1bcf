"""What must be there before anything can be answered, in the order in which one thing needs another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.publishing import reads
from search import service

OK = service.OK
_migrated = False
"""Once true it stays so: the code of a process does not change."""


def checks() -> Mapping[str, str]:
    """Name → ``ok`` or what is wrong; ends with the first thing that the rest needs."""
    found: dict[str, str] = {}
    for name, check in CHECKS.items():
        found[name] = check()
        if found[name] != OK and name != "search":
            break
    return found


def _database() -> str:
    try:
        connection.ensure_connection()
    except reads.UNREADABLE:
        return "the database cannot be reached"
    return OK


def _migrations() -> str:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        pending = [
            f"{each.app_label}.{each.name}" for each, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
        ]
        if pending:
            return f"{len(pending)} not applied, first {pending[0]}"
        _migrated = True
    return OK


def _documents() -> str:
    try:
        reads.site_for_host("")
    except reads.NotBuilt:
        return "the documents have never been built"
    except reads.UNREADABLE:
        return "the tables of the documents cannot be read"
    return OK


def _search() -> str:
    """One index that can answer is enough."""
    states = service.states()
    return OK if OK in states.values() else states[service.PRIMARY]


CHECKS: Mapping[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "documents": _documents,
    "search": _search,
}
