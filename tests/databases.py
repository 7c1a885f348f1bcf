"""Copies of the tests' empty database, for tests that run real processes on one."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection
from psycopg import sql


@contextmanager
def copied_database(folder: Path, url: str = "") -> Iterator[str]:
    """DATABASE_URL of a migrated database without content, of the kind that the tests run on; gone after the block.

    ``url``: of another database of that kind that is to be copied instead; nobody may be connected to it.
    """
    if connection.vendor == "sqlite":
        file = folder / "db.sqlite3"
        # of its own, as the test's connection is in a transaction
        with closing(sqlite3.connect(url.removeprefix("sqlite:///") or connection.settings_dict["NAME"])) as source:
            source.execute("VACUUM INTO ?", [str(file)])
        yield f"sqlite:///{file}"
        return
    if not url:
        connection.close()  # a template must not be in use
    with _created(url.rpartition("/")[2] or connection.settings_dict["NAME"]) as copy:
        yield copy


def put_migrated_database(folder: Path) -> None:
    """Into an installation's data folder, so that its start has less to do.

    It does all itself where the tests run on PostgreSQL, or none of them needs a database.
    """
    if connection.vendor == "sqlite" and Path(connection.settings_dict["NAME"]).exists():
        with copied_database(folder):
            pass


@contextmanager
def empty_database() -> Iterator[str]:
    """DATABASE_URL of a database without tables; "" where it is SQLite, whose file comes with its data folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    with _created("template0") as url:
        yield url


@contextmanager
def _created(template: str) -> Iterator[str]:
    name = f"copy_{uuid.uuid4().hex[:12]}"
    settings = connection.settings_dict
    _execute("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        password = f":{quote(settings['PASSWORD'], safe='')}" if settings["PASSWORD"] else ""
        port = f":{settings['PORT']}" if settings["PORT"] else ""
        yield f"postgres://{settings['USER']}{password}@{quote(settings['HOST'], safe='')}{port}/{name}"
    finally:
        _execute("DROP DATABASE {} WITH (FORCE)", name)


def _execute(command: str, *names: str) -> None:
    """Outside of any transaction, from a database that is nobody's template."""
    settings = connection.settings_dict
    options = {"host": settings["HOST"], "port": settings["PORT"] or None, "password": settings["PASSWORD"] or None}
    with psycopg.connect(dbname="postgres", user=settings["USER"], autocommit=True, **options) as server:
        server.execute(sql.SQL(command).format(*(sql.Identifier(name) for name in names)))
