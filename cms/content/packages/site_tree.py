"""The pages that a site has, by path."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType as ModelType
from wagtail.models import Page, Site


@dataclass(frozen=True, slots=True)
class SitePage:
    """``id`` is 0 for a page that is still to be made."""

    id: int
    model: type[Any]


def site_pages(site: Site) -> dict[str, SitePage]:
    """{"/": …, "/nyheter/": …}, drafts too, in tree order."""
    root = site.root_page
    rows = Page.objects.filter(path__startswith=root.path).order_by("path")
    return {
        "/" + url_path[len(root.url_path) :]: SitePage(pk, ModelType.objects.get_for_id(type_).model_class() or Page)
        for pk, url_path, type_ in rows.values_list("pk", "url_path", "content_type_id")
    }


def normal(path: str) -> str:
    """One spelling for each path: composed letters, with the slash at the end."""
    path = unicodedata.normalize("NFC", path)
    return path if path.endswith("/") else f"{path}/"


def parent_of(path: str) -> str:
    """
    >>> parent_of("/nyheter/arkiv/")
    '/nyheter/'
    """
    return path[: path[:-1].rindex("/") + 1]


def slug_of(path: str) -> str:
    return path[:-1].rpartition("/")[2]
