"""schema.org objects for search engines, made from the finished document. Always absolute URLs."""

from __future__ import annotations

from typing import Any

from cms.plugins.spec import ContentSpec
from cms.publishing import urls_of
from cms.publishing.public import SiteRoot

ARTICLES = frozenset({"Article", "NewsArticle"})
"""Types that name the site as their publisher."""

STATUS = {"planned": "EventScheduled", "cancelled": "EventCancelled", "postponed": "EventPostponed"}
ATTENDANCE = {"place": "Offline", "digital": "Online", "both": "Mixed"}


def objects(spec: ContentSpec, detail: dict[str, Any], seo: dict[str, Any], site: SiteRoot) -> list[dict[str, Any]]:
    found = [_page(spec, detail, seo, site)]
    if detail["breadcrumbs"]:
        found.append(_breadcrumbs(detail, seo, site))
    return found


def _page(spec: ContentSpec, detail: dict[str, Any], seo: dict[str, Any], site: SiteRoot) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": spec.schema_org,
        "url": seo["canonical_url"],
        "name": detail["title"],
        "inLanguage": detail["language"],
    }
    if seo["description"]:
        found["description"] = seo["description"]
    if seo["image"]:
        found["image"] = seo["image"]["src"]
    if spec.schema_org in ARTICLES:
        found |= _article(detail, site)
    if spec.schema_org == "Event":
        found |= _event(detail, *spec.date_keys)
    return found


def _article(detail: dict[str, Any], site: SiteRoot) -> dict[str, Any]:
    found: dict[str, Any] = {"headline": detail["title"]}
    if detail["first_published_at"]:
        found["datePublished"] = detail["first_published_at"]
        found["dateModified"] = detail["last_published_at"]
    if authors := detail.get("authors"):
        found["author"] = [{"@type": "Person", "name": person["name"]} for person in authors]
    found["publisher"] = {"@type": "Organization", "name": site.name or site.hostname, "url": site.origin + "/"}
    return found


def _event(detail: dict[str, Any], start: str, end: str) -> dict[str, Any]:
    """``start`` and ``end`` are keys. Of the others, a plugin's event has those that it declares."""
    status = STATUS.get(detail.get("status", ""), "EventScheduled")
    found: dict[str, Any] = {"startDate": detail.get(start), "eventStatus": f"https://schema.org/{status}"}
    if "attendance" in detail:
        attendance = ATTENDANCE.get(detail["attendance"], "Offline")
        found["eventAttendanceMode"] = f"https://schema.org/{attendance}EventAttendanceMode"
    if moment := detail.get(end):
        found["endDate"] = moment
    locations: list[dict[str, Any]] = []
    if place := detail.get("place"):
        address = place["address"] or (place["municipality"] or {}).get("name", "")
        locations.append({"@type": "Place", "name": place["name"], **({"address": address} if address else {})})
    if url := detail.get("stream_url"):
        locations.append({"@type": "VirtualLocation", "url": url})
    if locations:
        found["location"] = locations[0] if len(locations) == 1 else locations
    if organisers := detail.get("organisers"):
        found["organizer"] = [{"@type": "Organization", "name": name} for name in organisers]
    return found


def _breadcrumbs(detail: dict[str, Any], seo: dict[str, Any], site: SiteRoot) -> dict[str, Any]:
    trail = [(each["title"], urls_of.absolute_url(site, each["path"])) for each in detail["breadcrumbs"]]
    trail.append((detail["title"], seo["canonical_url"]))
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, 1)
        ],
    }
