"""Pages of a type for tests: empty, or made from an example as it would stand in a content package."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from cms.content.images.models import ContentImage
from cms.content.packages import page_fields
from cms.content.packages.faults import Faults
from cms.content.packages.package_context import site_context
from cms.content.packages.references import References
from cms.content.packages.site_tree import SitePage, site_pages
from cms.content.topics import Topic, topic_slug
from cms.plugins.registry import ContentType
from cms.publishing.build import Built, build
from cms.publishing.public import Publicness

IMAGE, DOCUMENT = "picture", "file"
"""Keys that examples may use for an image and a document."""


def make(content_type: ContentType, example: Mapping[str, Any]) -> Any:
    """A saved draft below the default site's root page. Raises AssertionError for an example that cannot be read."""
    page = content_type.model(title=example.get("title", content_type.name), live=False)
    site = Site.objects.get(is_default_site=True)
    site.root_page.add_child(instance=page)
    return fill(content_type, page, example)


def fill(content_type: ContentType, page: Any, example: Mapping[str, Any]) -> Any:
    faults = Faults()
    unknown = set(example) - page_fields.known_keys(content_type)
    assert not unknown, f"{content_type.name} has no {', '.join(sorted(unknown))}"
    site = Site.objects.get(is_default_site=True)
    pages = {"/": SitePage(site.root_page_id, Page), **site_pages(site)}
    loader = References(faults, pages, _images(), _documents(), _topic)
    page_fields.assign(content_type, page, {"title": page.title, **example}, loader)
    assert not faults.found, "\n".join(map(str, faults.found))
    page.save()
    return Page.objects.get(pk=page.pk).specific


def packed(content_type: ContentType, page: Any) -> dict[str, Any]:
    """What an export would hold of the page."""
    return page_fields.pack(content_type, page, site_context(site_pages(Site.objects.get(is_default_site=True))))


def built(page: Any) -> Built:
    return build(Page.objects.get(pk=page.pk).specific, Publicness())


def _images() -> dict[str, int]:
    if not ContentImage.objects.exists():
        file = BytesIO()
        Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
        ContentImage.objects.create(
            title="Picture", file=ContentFile(file.getvalue(), "picture.jpg"), default_alt="A teal surface"
        )
    ids = list(ContentImage.objects.order_by("pk").values_list("pk", flat=True))
    return {IMAGE: ids[0], **{f"image:{pk}": pk for pk in ids}}


def _documents() -> dict[str, int]:
    documents = get_document_model().objects
    if not documents.exists():
        documents.create(title="File", file=ContentFile(b"%PDF-1.4", "file.pdf"))
    ids = list(documents.order_by("pk").values_list("pk", flat=True))
    return {DOCUMENT: ids[0], **{f"document:{pk}": pk for pk in ids}}


def _topic(label: str) -> int:
    return Topic.objects.get_or_create(slug=topic_slug(label), defaults={"label": label})[0].pk
