"""The tables that public processes need, and the SQL that opens these to a database role and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from cms.publishing.models import (
    Body,
    Change,
    Consumer,
    Document,
    DocumentKey,
    KeyLabel,
    MediaFile,
    Projection,
    PublishedSite,
    PublishedTree,
    Route,
)

readable: list[type[Model]] = [
    Body,
    Change,
    Consumer,
    Document,
    DocumentKey,
    KeyLabel,
    MediaFile,
    Projection,
    PublishedSite,
    PublishedTree,
    Route,
    MigrationRecorder.Migration,  # /readyz/ says whether all are applied
]
"""Packages that build on this one add theirs in ``AppConfig.ready``."""
insertable: list[type[Model]] = []
"""Where public processes may add rows, and neither read nor change any: what is counted."""


def grants(database: str, role: str) -> Iterator[str]:
    """PostgreSQL statements, to be run by the owner of the tables, again after every upgrade."""
    name = _quoted(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {name};"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {name};"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name};"
    yield f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {name};"
    yield f"GRANT USAGE ON SCHEMA public TO {name};"
    yield f"GRANT SELECT ON {_tables(readable)} TO {name};"
    if insertable:
        yield f"GRANT INSERT ON {_tables(insertable)} TO {name};"
    yield f"ALTER ROLE {name} SET default_transaction_read_only = on;"


def _tables(models: list[type[Model]]) -> str:
    return ", ".join(_quoted(model._meta.db_table) for model in models)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
