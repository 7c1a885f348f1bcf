"""Many more documents and pages than were made: their rows copied in SQL, with other dates and paths.

For what a read costs, a copy is as good as the original; building a hundred thousand pages would take an hour.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connection
from django.db.models import AutoField
from wagtail.models import Page

from articles.models import NewsArticle
from cms.publishing.models import Body, Document, DocumentKey, Route

STEP = 1_000_000
"""Between the ids of a page and of its copies."""
REFERENCES = ("document_id", "page_ptr_id", "newsarticle_id")


def grow(size: int) -> None:
    """Copies all documents, each copy older than the one before, until there are about ``size``."""
    have = Document.objects.filter(pk__lt=STEP).count()
    hours = have  # articles are an hour apart
    with connection.cursor() as cursor:
        for copy in _copies(Document.objects.count(), have, size):
            _copy(cursor, Document, copy, hours, {"id": f"id + {STEP * copy}", "path": f"path || '{copy}/'"})
            _copy(cursor, Body, copy, hours, {})
            _copy(cursor, DocumentKey, copy, hours, {})
            _copy(cursor, Route, copy, hours, {"path": f"path || '{copy}/'"})
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


def grow_pages(section: Page, size: int) -> None:
    """The same for the articles of a section as Wagtail keeps them; a copy has the id of its document."""
    children = Page.objects.child_of(section)
    have = children.filter(pk__lt=STEP).count()
    for copy in _copies(children.count(), have, size):
        pages = list(children.filter(pk__lt=STEP).order_by("path"))
        for place, page in enumerate(pages):
            page.pk += STEP * copy
            page.path = Page._get_path(section.path, section.depth + 1, copy * have + place + 1)
            page.slug, page.url_path = f"{page.slug}-{copy}", f"{page.url_path[:-1]}-{copy}/"
            page.translation_key = uuid.uuid4()
            page.first_published_at -= timedelta(hours=copy * have)
        Page.objects.bulk_create(pages, batch_size=500)
        with connection.cursor() as cursor:
            _copy(cursor, NewsArticle, copy, 0, {})
            _copy(cursor, NewsArticle.topics.through, copy, 0, {})
    Page.objects.filter(pk=section.pk).update(numchild=children.count())


def _copies(now: int, have: int, size: int) -> range:
    """Which copies are still to be made."""
    return range(now // have, round(size / have))


def _copy(cursor, model, copy: int, hours: int, changed: dict[str, str]) -> None:
    columns = [each.column for each in model._meta.local_concrete_fields if not isinstance(each, AutoField)]
    taken = {name: name for name in columns if name != "pk"}
    for name in ("published_at", "date_start", "date_end", "date"):
        if name in taken:
            taken[name] = _earlier(name, copy * hours)
    original = next((name for name in REFERENCES if name in taken), "id")
    taken[original] = f"{original} + {STEP * copy}"
    taken |= changed
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(taken)}) SELECT {", ".join(taken.values())} '
        f'FROM "{model._meta.db_table}" WHERE {original} < {STEP}'
    )


def _earlier(column: str, hours: int) -> str:
    if connection.vendor == "postgresql":
        return f"{column} - interval '{hours} hours'"
    return f"strftime('%Y-%m-%d %H:%M:%S', {column}, '-{hours} hours')"
