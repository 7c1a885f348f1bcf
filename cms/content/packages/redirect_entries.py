"""Redirects that editors made: [{from, to, permanent}]."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from cms.content.kinds import Flag, Text
from cms.content.packages.earlier_paths import earlier_paths
from cms.content.packages.references import References

KEYS = {"from", "to", "permanent"}
LONGEST_OLD_PATH = 255
"""Of Wagtail's Redirect."""
LINK = re.compile(r"https?://|/(?![/\\])")
"""An address elsewhere, or a path of the site as it is written: the redirect does not follow a page that moves."""


def read_redirects(data: Any, loader: References) -> dict[str, dict[str, Any]]:
    """{old path as Wagtail keeps it: values of the Redirect's other columns}."""
    if not isinstance(data, list):
        loader.fault(f"expected a list of {{from, to, permanent}}, got {data!r}")
        return {}
    found: dict[str, dict[str, Any]] = {}
    for index, item in enumerate(data):
        with loader.at(index):
            if not isinstance(item, dict) or not item.keys() <= KEYS:
                loader.fault(f"expected {{from, to, permanent}}, got {item!r}")
                continue
            old_path = _old_path(item.get("from"), found, loader)
            with loader.at("permanent"):
                permanent = Flag().parse(item.get("permanent", True), loader)
            found[old_path] = {**_target(item.get("to"), loader), "is_permanent": permanent}
    return found


def _old_path(value: Any, found: dict[str, dict[str, Any]], loader: References) -> str:
    with loader.at("from"):
        path = Text(LONGEST_OLD_PATH).parse(value, loader)
        try:
            usable = path.startswith("/") and path != "/" and bool(urlsplit(path).path)
        except ValueError:
            usable = False
        if not usable:
            loader.fault(f"expected an old path like /fagdager/, got {value!r}")
            return ""
        path = Redirect.normalise_path(path)
        if path in found:
            loader.fault(f"{path!r} stands twice")
        return path


def _target(value: Any, loader: References) -> dict[str, Any]:
    with loader.at("to"):
        text = Text(255).parse(value, loader)
        if text.startswith("page:"):
            return {"redirect_page_id": loader.page(text.removeprefix("page:")), "redirect_link": ""}
        if not LINK.match(text):
            loader.fault(f"expected page:/path/, /path/ or an address that begins with https://, got {value!r}")
        return {"redirect_page_id": None, "redirect_link": text}


def write_redirects(site: Site, wanted: dict[str, dict[str, Any]]) -> int:
    """How many rows were made or changed. Redirects that the package does not name stay."""
    changed = 0
    kept = {Redirect.normalise_path(path): page_id for path, page_id in earlier_paths(site.pk).items()}
    for old_path, values in wanted.items():
        rows = [Redirect.objects.filter(site=each, old_path=old_path).first() for each in (site, None)]
        row = rows[0] or rows[1] or Redirect(site=site, old_path=old_path)
        if row.pk is None and values["is_permanent"] and values["redirect_page_id"] == kept.get(old_path, 0):
            continue  # the page stood there before, and its path leads on by itself
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            changed += 1
    return changed
