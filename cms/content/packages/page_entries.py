"""Which pages a package brings: type, path and place in the tree. What they hold is checked elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug

from cms.content.kinds.scalars import parse_moment
from cms.content.packages import page_fields
from cms.content.packages.faults import Faults
from cms.content.packages.site_tree import SitePage, normal, parent_of, slug_of
from cms.plugins import registry
from cms.plugins.names import RESERVED_SLUGS
from cms.plugins.registry import ContentType

SECTION = "section"
"""The type of parents that a package leaves out. By name: core imports no content type."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page. ``index`` is its position in the package, None for a parent that the package leaves out.

    A placeholder stands for a page that is not public: it is made as a draft where there is none, so that links to it
    and pages below it have their place, and an existing page is left alone.
    """

    index: int | None
    path: str
    content_type: ContentType
    data: dict[str, Any]
    first_published_at: datetime | None = None
    placeholder: bool = False


def read_pages(data: Any, site_pages: Mapping[str, SitePage], locale: str, faults: Faults) -> dict[str, PageEntry]:
    """By path: parents before children, siblings in the order of the package."""
    if not isinstance(data, list):
        faults.fault(f"expected a list of pages, got {data!r}")
        return {}
    entries: dict[str, PageEntry] = {}
    for index, item in enumerate(data):
        with faults.at(index):
            if not isinstance(item, dict):
                faults.fault(f"expected an object, got {item!r}")
            elif entry := _entry(index, item, locale, faults):
                _add(entry, entries, site_pages, faults)
    for entry in entries.values():
        with faults.at(*([] if entry.index is None else [entry.index])):
            _check_place(entry, entries, site_pages, faults)
    return _in_tree_order(entries)


def _entry(index: int, item: dict[str, Any], locale: str, faults: Faults) -> PageEntry | None:
    with faults.at("type"):
        name = item.get("type")
        content_type = registry.content_types().get(name) if isinstance(name, str) else None
        if content_type is None:
            faults.fault(f"unknown type {name!r}; known are {', '.join(registry.content_types())}")
    with faults.at("path"):
        path = _path(item.get("path"), faults)
    with faults.at("locale"):
        if item.get("locale", locale) != locale:
            faults.fault(f"expected {locale!r}, the language of the site's tree, got {item['locale']!r}")
    with faults.at("placeholder"):
        placeholder = item.get("placeholder", False)
        if not isinstance(placeholder, bool):
            faults.fault(f"expected true or false, got {placeholder!r}")
    with faults.at("title"):
        title = item.get("title") or ""
        if isinstance(title, str) and not title.strip():
            faults.fault("a page needs a title")
    with faults.at("first_published_at"):
        first_published_at = parse_moment(item.get("first_published_at"), faults)
    if content_type is None:
        return None
    for unknown in sorted(set(item) - page_fields.known_keys(content_type)):
        with faults.at(unknown):
            faults.fault(f"{content_type.name} has no such field")
    return PageEntry(index, path, content_type, item, first_published_at, placeholder) if path else None


def _path(path: Any, faults: Faults) -> str | None:
    if not isinstance(path, str) or not path.startswith("/") or not path.endswith("/"):
        faults.fault(f"expected a path like /nyheter/, got {path!r}")
        return None
    slugs = path.strip("/").split("/") if path != "/" else []
    for slug in slugs:
        try:
            validate_unicode_slug(slug)
        except ValidationError:
            faults.fault(f"{slug!r} cannot stand in a path: use letters, digits and hyphens, {path!r}")
            return None
        if len(slug) > 255:
            faults.fault(f"a part of the path has {len(slug)} characters; at most 255 are possible")
            return None
    if slugs and slugs[0] in RESERVED_SLUGS:
        faults.fault(f"/{slugs[0]}/ is in use by the system")
        return None
    return normal(path)


def _add(entry: PageEntry, entries: dict[str, PageEntry], site_pages: Mapping[str, SitePage], faults: Faults) -> None:
    """Takes an entry in, and the parents that neither package nor site has so far."""
    known = entries.get(entry.path)
    if known is not None and known.index is not None:
        with faults.at("path"):
            faults.fault(f"{entry.path} is the path of pages[{known.index}] too")
        return
    missing = []
    path = entry.path
    while path != "/" and (path := parent_of(path)) not in entries and path not in site_pages:
        missing.append(path)
    for path in reversed(missing):
        section = registry.content_types().get(SECTION)
        if section is None:
            with faults.at("path"):
                faults.fault(f"{path} is missing, and no plugin brings the type {SECTION}")
            return
        entries[path] = PageEntry(None, path, section, {"title": _title(path)})
    entries.pop(entry.path, None)  # a parent made for an earlier page stands where that page does
    entries[entry.path] = entry


def _title(path: str) -> str:
    """
    >>> _title("/gode-eksempler/")
    'Gode eksempler'
    """
    text = slug_of(path).replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:] or slug_of(path)


def _check_place(
    entry: PageEntry, entries: Mapping[str, PageEntry], site_pages: Mapping[str, SitePage], faults: Faults
) -> None:
    model = entry.content_type.model
    here = site_pages.get(entry.path)
    if here is not None and here.model is not model and not entry.placeholder:
        found = registry.by_model(here.model)
        with faults.at("type"):
            faults.fault(f"the site's page {entry.path} is of another type{f': {found.name}' if found else ''}")
    if entry.path == "/":
        return
    above = parent_of(entry.path)
    parent = entries[above].content_type.model if above in entries else site_pages[above].model
    if here is None and model not in parent.allowed_subpage_models():
        with faults.at("path"):
            faults.fault(f"a page of type {entry.content_type.name} cannot stand there")


def _in_tree_order(entries: Mapping[str, PageEntry]) -> dict[str, PageEntry]:
    below: dict[str, list[PageEntry]] = {}
    for entry in entries.values():
        if entry.path != "/":
            below.setdefault(parent_of(entry.path), []).append(entry)
    ordered: dict[str, PageEntry] = {}
    tops = [entry for path, group in below.items() if path not in entries for entry in group]
    stack = [*reversed(tops), *([entries["/"]] if "/" in entries else [])]
    while stack:
        entry = stack.pop()
        ordered[entry.path] = entry
        stack += reversed(below.get(entry.path, []))
    return ordered
