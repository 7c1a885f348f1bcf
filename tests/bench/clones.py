"""Many more documents than there are pages: rows of the publishing tables copied in SQL, with other dates and paths.

For what a read costs, a copy is as good as the original; building a hundred thousand pages would take an hour.
"""

from __future__ import annotations

from django.db import connection

from cms.publishing.models import Body, Document, DocumentKey, Route

STEP = 1_000_000
"""Between the ids of a page and of its copies."""


def grow(size: int) -> None:
    """Copies all documents, each copy older than the one before, until there are about ``size``."""
    with connection.cursor() as cursor:
        have = Document.objects.count()
        span_h = have  # articles are an hour apart
        for copy in range(1, max(1, round(size / have))):
            _copy(cursor, Document, copy, span_h, {"id": f"id + {STEP * copy}", "path": f"path || '{copy}/'"})
            _copy(cursor, Body, copy, span_h, {})
            _copy(cursor, DocumentKey, copy, span_h, {})
            _copy(cursor, Route, copy, span_h, {"path": f"path || '{copy}/'"})
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(cursor, model, copy: int, hours: int, changed: dict[str, str]) -> None:
    columns = [field.column for field in model._meta.concrete_fields if field.column and not field.many_to_many]
    columns = [name for name in dict.fromkeys(columns) if name != "pk"]
    taken = {name: name for name in columns}
    for name in ("published_at", "date_start", "date_end", "date"):
        if name in taken:
            taken[name] = _earlier(name, copy * hours)
    if "document_id" in taken:
        taken["document_id"] = f"document_id + {STEP * copy}"
    taken |= changed
    original = "id" if model is Document else "document_id"
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(taken.values())} '
        f'FROM "{model._meta.db_table}" WHERE {original} < {STEP}'
    )


def _earlier(column: str, hours: int) -> str:
    if connection.vendor == "postgresql":
        return f"{column} - interval '{hours} hours'"
    return f"strftime('%Y-%m-%d %H:%M:%S', {column}, '-{hours} hours')"
