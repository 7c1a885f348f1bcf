"""Editors' redirects as routes. A live page takes its path from any redirect."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from cms.publishing.models import Change, Document, Route
from cms.publishing.public import Publicness
from cms.publishing.reads import normal_path


def publish_redirect(redirect_id: int, publicness: Publicness) -> None:
    """Brings the routes of one Redirect row to its present state. Call inside a transaction."""
    before = {(route.site_id, route.path) for route in Route.objects.filter(redirect_id=redirect_id)}
    wanted = _routes(redirect_id, publicness)
    for site_id, path in before - wanted.keys():
        Route.objects.filter(site_id=site_id, path=path, redirect_id=redirect_id).delete()
        _log(site_id, path)
    for (site_id, path), values in wanted.items():
        route = Route.objects.filter(site_id=site_id, path=path).select_related("document").first()
        if route is not None and route.redirect_id is None and _is_live_at(route):
            continue
        if route is None:
            Route.objects.create(site_id=site_id, path=path, **values)
        elif {name: getattr(route, name) for name in values} != values:
            Route.objects.filter(site_id=site_id, path=path).update(**values)
        else:
            continue
        _log(site_id, path)


def redirects_to(page_id: int) -> list[int]:
    """Redirects that lead to a page: they have no route while it is not public."""
    return list(Redirect.objects.filter(redirect_page_id=page_id).order_by("pk").values_list("pk", flat=True))


def _routes(redirect_id: int, publicness: Publicness) -> dict[tuple[int, str], dict[str, object]]:
    redirect = Redirect.objects.filter(pk=redirect_id).first()
    if redirect is None:
        return {}
    values: dict[str, object] = {
        "document_id": None,
        "location": "",
        "permanent": redirect.is_permanent,
        "redirect_id": redirect.pk,
    }
    if redirect.redirect_page_id:
        if not Document.objects.filter(pk=redirect.redirect_page_id, removed_at=None).exists():
            return {}
        values["document_id"] = redirect.redirect_page_id
    elif redirect.redirect_link:
        values["location"] = redirect.redirect_link
    else:
        return {}
    path = normal_path(urlsplit(redirect.old_path).path)
    sites = [redirect.site_id] if redirect.site_id else [site.id for site in publicness.sites]
    return {(site_id, path): values for site_id in sites}


def _is_live_at(route: Route) -> bool:
    return route.document is not None and route.document.removed_at is None and route.document.path == route.path


def _log(site_id: int, path: str) -> None:
    Change.objects.create(kind="redirect", site_id=site_id, path=path, at=timezone.now())
