"""The tables that public reads need, and the SQL that lets a database role read these and nothing else."""

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


def grants(database: str, role: str) -> Iterator[str]:
    """PostgreSQL statements, to be run by the owner of the tables, again after every upgrade."""
    name = _quoted(role)
    tables = ", ".join(_quoted(model._meta.db_table) for model in readable)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {name};"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {name};"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name};"
    yield f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {name};"
    yield f"GRANT USAGE ON SCHEMA public TO {name};"
    yield f"GRANT SELECT ON {tables} TO {name};"
    yield f"ALTER ROLE {name} SET default_transaction_read_only = on;"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
