"""Which database this is: another one after a restore, even where its rows say nothing of it."""

from __future__ import annotations

import hashlib
import os

from django.db import connection

from cms.publishing.models import Change

LENGTH = 8


def identity() -> str:
    """Eight hex digits. They change with

    PostgreSQL  another server (a dump restored elsewhere), another timeline (point-in-time recovery, a standby that
                took over), another database or other tables (a dump restored beside or in place)
    SQLite      another file, as when a copy is put in its place

    A copy written over the very same file, or a disk that goes back as a whole, leaves them as they are.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier, timeline_id, pg_database.oid, %s::regclass::oid"
                " FROM pg_control_system(), pg_control_checkpoint(), pg_database WHERE datname = current_database()",
                [Change._meta.db_table],
            )
            marks = cursor.fetchone()
    else:
        marks = os.stat(connection.settings_dict["NAME"]).st_ino
    return hashlib.blake2b(repr(marks).encode(), digest_size=LENGTH // 2).hexdigest()
