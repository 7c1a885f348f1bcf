"""A small site for the tests of publishing: pages, pictures and blocks, and the ways to look at what is published."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from io import BytesIO
from typing import Any

import orjson
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.models import Event, NewsArticle, Showcase
from cms.content.models import ContentImage
from cms.content.times import OSLO
from cms.publishing import auditor, reads
from cms.publishing.projector import Projector, make_renditions
from cms.setup.home_page import ensure_home_page
from home.models import PlainPage, SectionPage


def make_home() -> Any:
    return ensure_home_page() or Page.objects.get(depth=2).specific


def add(parent: Any, page: Any, live: bool = True) -> Any:
    """Adds a page and publishes it."""
    page.live = False
    added = Page.objects.get(pk=parent.pk).add_child(instance=page)
    if live:
        publish(added)
    return added


def publish(page: Any, **values: Any) -> Any:
    """Changes a page as the admin's form does, and publishes it."""
    fresh = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    page.refresh_from_db()
    return fresh


def draft(page: Any, **values: Any) -> None:
    fresh = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save_revision()


def unpublish(page: Any) -> None:
    page.specific_class.objects.get(pk=page.pk).unpublish()


def move(page: Any, target: Any, pos: str = "last-child") -> None:
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=target.pk), pos=pos)


def delete(page: Any) -> None:
    Page.objects.get(pk=page.pk).specific.delete()


def section(title: str, **fields: Any) -> SectionPage:
    return SectionPage(title=title, **fields)


def plain(title: str, **fields: Any) -> PlainPage:
    return PlainPage(title=title, **fields)


def news(title: str, **fields: Any) -> NewsArticle:
    return NewsArticle(title=title, **fields)


def showcase(title: str, **fields: Any) -> Showcase:
    return Showcase(title=title, **fields)


def event(title: str, **fields: Any) -> Event:
    return Event(**{"title": title, "start": datetime(2026, 3, 1, 9, tzinfo=OSLO), "attendance": "digital", **fields})


# -- blocks ----------------------------------------------------------------------------------------------------------


def stream(*items: tuple[str, Any]) -> str:
    """(name, value) of each block, as a StreamField takes it."""
    return json.dumps([{"type": name, "value": value, "id": f"b{place}"} for place, (name, value) in enumerate(items)])


def link_text(*targets: Any) -> tuple[str, str]:
    """A paragraph with a link to each page."""
    links = " ".join(f'<a linktype="page" id="{target.pk}">til {target.pk}</a>' for target in targets)
    return "paragraph", f"<p>Se {links}.</p>"


def link_value(page: Any = None, document: Any = None, title: str = "") -> dict[str, Any]:
    return {
        "page": page.pk if page else None,
        "document": document.pk if document else None,
        "url": "",
        "email": "",
        "phone": "",
        "title": title,
    }


def cards(*targets: Any) -> tuple[str, Any]:
    items = [{"link": link_value(target), "title": "", "summary": "", "image": []} for target in targets]
    return "cards", {"title": "Kort", "items": items}


def listing(*types: str, **query: Any) -> tuple[str, Any]:
    empty = {"topic": "", "municipality": "", "under": None, "when": "", "more": link_value()}
    return "listing", {**empty, "title": "", "types": list(types), "order": "newest", "limit": 6, **query}


def image_value(image: ContentImage) -> dict[str, Any]:
    return {"image": image.pk, "alt": "", "decorative": False, "caption": "", "credit": ""}


def image_block(image: ContentImage) -> tuple[str, Any]:
    return "image", image_value(image)


def main_image(image: ContentImage) -> str:
    return stream(("image", image_value(image)))


def related(*pages: Any) -> str:
    return stream(*(("page", page.pk) for page in pages))


# -- media -----------------------------------------------------------------------------------------------------------


def picture(name: str = "bilde.png", colour: str = "teal", size: tuple[int, int] = (40, 30)) -> ContentFile:
    """Small, so that its renditions take no time."""
    file = BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    return ContentFile(file.getvalue(), name)


def add_image(title: str = "Bilde", **fields: Any) -> ContentImage:
    return ContentImage.objects.create(
        **{"title": title, "file": picture(), "default_alt": "En sal", "credit": "KS", **fields}
    )


def add_file(title: str = "Notat", **fields: Any) -> Any:
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.4", "notat.pdf"), **fields)


# -- what is published -----------------------------------------------------------------------------------------------


def work() -> None:
    """All that the worker's projector and its maker of renditions would do."""
    projector = Projector()
    while projector.drain() or make_renditions():
        pass


def document(page: Any) -> reads.DocumentRow | reads.Tombstone | None:
    site = reads.site_for_host("localhost")
    return reads.document(site.id, page.pk)


def detail(page: Any) -> dict[str, Any]:
    found = document(page)
    assert isinstance(found, reads.DocumentRow), found
    parsed: dict[str, Any] = orjson.loads(found.detail)
    return parsed


def is_live(page: Any) -> bool:
    return isinstance(document(page), reads.DocumentRow)


def resolve(path: str) -> Any:
    """The id of the page at a path, the location that it redirects to, "gone", or None."""
    match reads.resolve(reads.site_for_host("localhost").id, path):
        case reads.DocumentRow(id=id_):
            return id_
        case reads.Redirected(location=location):
            return location
        case reads.Tombstone():
            return "gone"
    return None


def block(page: Any, name: str) -> Any:
    """The value of the first block of a type in a page's body."""
    return next(each["value"] for each in detail(page)["body"] if each["type"] == name)


def menu() -> list[str]:
    navigation = orjson.loads(reads.default_tree(reads.site_for_host("localhost").id).navigation)
    return [item["title"] for item in navigation["main"]]


def about() -> dict[str, Any]:
    parsed: dict[str, Any] = orjson.loads(reads.default_tree(reads.site_for_host("localhost").id).settings)
    return parsed


def kinds_of_changes(after: int = 0) -> list[str]:
    return [change.kind for change in reads.changes(reads.site_for_host("localhost").id, after, 1000)]


def assert_consistent() -> None:
    report = auditor.check()
    assert report.clean, report


def media_folder() -> str:
    return tempfile.mkdtemp(prefix="formidle-media-")
