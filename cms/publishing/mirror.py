"""What a mirror starts from: a site's live documents, and its paths that lead elsewhere.

Touches only the publishing tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from cms.publishing.models import Document, Route


@dataclass(frozen=True, slots=True)
class LiveDocument:
    id: int
    type: str
    locale: str
    path: str
    version: int
    changed_at: datetime


def live_documents(site_id: int, after: int, limit: int) -> list[LiveDocument]:
    """Live documents with an id above ``after``, by id."""
    rows = Document.objects.filter(site_id=site_id, removed_at=None, pk__gt=after).order_by("pk")
    return [
        LiveDocument(*values)
        for values in rows.values_list("pk", "type", "locale", "path", "version", "changed_at")[:limit]
    ]


def redirect_paths(site_id: int, after: str, limit: int) -> list[str]:
    """Paths after ``after`` that redirect: editors' redirects, and earlier paths of live documents. In order."""
    # a path is never empty, so a comparison with it says that the joined row is there
    live = Q(document__path__gt="", document__removed_at=None)
    leads = ~Q(location="") | Q(target__path__gt="", target__removed_at=None) | live
    here = live & Q(document__path=F("path"), document__site_id=F("site_id"))
    routes = Route.objects.filter(leads, ~here, site_id=site_id, path__gt=after)
    return list(routes.order_by("path").values_list("path", flat=True)[:limit])
