"""Editors' redirects as routes, beside what the path answers by itself: a live page there comes before them."""

from __future__ import annotations

from django.db.models import F
from wagtail.contrib.redirects.models import Redirect

from cms.publishing import change_log
from cms.publishing.models import Route
from cms.publishing.public import Publicness
from cms.publishing.reads import normal_path, resolve

Place = tuple[int, str]
"""A site's id and a path in it."""


def publish_redirect(redirect_id: int, publicness: Publicness) -> None:
    """Brings the routes of one Redirect row to its present state. Call inside a transaction."""
    for place, wanted in differing(redirect_id, publicness).items():
        site_id, path = place
        before = resolve(site_id, path)
        Route.objects.update_or_create(site_id=site_id, path=path, defaults=wanted)
        if not wanted["redirect_id"]:
            Route.objects.filter(site_id=site_id, path=path, document=None).delete()
        # a redirect that leads to a hidden page answers nothing yet, and its path tells what is to come
        if resolve(site_id, path) != before:
            change_log.redirect(*place)


def differing(redirect_id: int, publicness: Publicness) -> dict[Place, dict[str, object]]:
    """Place → what its route should say of redirects, where it says something else."""
    places = set(Route.objects.filter(redirect_id=redirect_id).values_list("site_id", "path"))
    own = Redirect.objects.filter(pk=redirect_id).first()
    if own is not None:
        sites = publicness.site_ids if own.site_id is None else [own.site_id]
        places |= {(site_id, normal_path(own.old_path)) for site_id in sites}
    found = {}
    for site_id, path in sorted(places):
        wanted = _columns(_at(site_id, path, own) if site_id in publicness.site_ids else None)
        stored = Route.objects.filter(site_id=site_id, path=path).values(*wanted).first()
        if wanted != (stored or _columns(None)):
            found[site_id, path] = wanted
    return found


def known() -> set[int]:
    """Ids of all redirects: the editors' rows, and those that routes still name."""
    routes = Route.objects.filter(redirect_id__isnull=False).order_by().values_list("redirect_id", flat=True).distinct()
    return {*Redirect.objects.values_list("pk", flat=True), *(each for each in routes if each)}


def earlier_paths(site_id: int) -> dict[str, int]:
    """Path → the live page that stood there before, for packages. An editor's redirect comes before it."""
    rows = Route.objects.filter(site_id=site_id, document__site_id=site_id, document__removed_at=None)
    elsewhere = rows.exclude(path=F("document__path")).filter(location="", target_id=None)
    return dict(elsewhere.values_list("path", "document_id"))


def log_moved(page_id: int, before: Place | None, after: Place | None) -> None:
    """Tells the log which redirects answer otherwise since a page stands elsewhere (None: nowhere).

    Its own earlier paths are among them: a mirror knows where a redirect led, not which page it follows.
    """
    if before == after:
        return
    changed = set(Route.objects.filter(target_id=page_id).values_list("site_id", "path"))
    earlier = set(Route.objects.filter(document_id=page_id).values_list("site_id", "path"))
    # what became of its last place is told by its own entry, unless that is another site's
    told = {after, before} if not (before and after) or before[0] == after[0] else {after}
    changed |= earlier - told
    if before and Route.objects.filter(site_id=before[0], path=before[1], redirect_id__isnull=False).exists():
        changed.add(before)  # the redirect at the place that it left
    for place in sorted(changed):
        change_log.redirect(*place)


def _at(site_id: int, path: str, own: Redirect | None) -> Redirect | None:
    """The row that counts at a path: one for this site before one for all."""
    rows = list(Redirect.objects.filter(old_path__in={path, path.rstrip("/") or "/"}))
    if own is not None and normal_path(own.old_path) == path:
        rows.append(own)  # its path may be written in another way
    fitting = [row for row in rows if row.site_id in (None, site_id)]
    return min(fitting, key=lambda row: (row.site_id is None, row.pk), default=None)


def _columns(redirect: Redirect | None) -> dict[str, object]:
    if redirect is None or not (redirect.redirect_page_id or redirect.redirect_link):
        return {"redirect_id": None, "target_id": None, "location": "", "permanent": True}
    return {
        "redirect_id": redirect.pk,
        "target_id": redirect.redirect_page_id,
        "location": "" if redirect.redirect_page_id else redirect.redirect_link,
        "permanent": redirect.is_permanent,
    }
