"""A note on something that is no page → the pages that must be built because of it."""

from __future__ import annotations

from collections.abc import Set

from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from cms.content.images.models import ContentImage
from cms.publishing import followers, redirects
from cms.publishing.models import Dependency, Document, PublishedSite
from cms.publishing.notes import Priority
from cms.publishing.public import Publicness
from cms.publishing.work import BATCH, Work


def targets(work: Work, publicness: Publicness) -> tuple[list[str], int]:
    """The targets of new notes, in a fixed order, and their priority."""
    match work.kind:
        case "all":
            return _everything(publicness), Priority.REBUILD
        case "unbuilt":
            return _everything(publicness, but=_live()), Priority.REBUILD
        case "subtree":
            pages = _subtree(int(work.argument))
            return _pages(pages), Priority.DIRECT if len(pages) <= BATCH else Priority.FAN_OUT
        case "place":
            return sorted(followers.of_place(int(work.argument), _parent(int(work.argument)))), Priority.FAN_OUT
        case "collection":
            return _pages(_dependent(_media_keys(int(work.argument)))), Priority.FAN_OUT
        case "shows":
            return _pages(_dependent([work.argument])), max(work.priority, Priority.FAN_OUT)
    sites = followers.of_sites([work.target])
    return [*sorted(sites), *_pages(_dependent([work.target]))], Priority.FAN_OUT


def _pages(ids: set[int]) -> list[str]:
    return [f"page:{each}" for each in sorted(ids)]


def _dependent(keys: list[str]) -> set[int]:
    return set(Dependency.objects.filter(key__in=keys).values_list("document_id", flat=True))


def _live() -> set[int]:
    return set(Document.objects.filter(removed_at=None).values_list("pk", flat=True))


def _everything(publicness: Publicness, but: Set[int] = frozenset()) -> list[str]:
    pages = _live() | set(Page.objects.filter(live=True, depth__gt=1).values_list("pk", flat=True))
    sites = sorted({*publicness.site_ids, *PublishedSite.objects.values_list("pk", flat=True)})
    return [
        *_pages(pages - but),
        *(f"redirect:{each}" for each in sorted(redirects.known())),
        *(f"site:{each}" for each in sites),
    ]


def _subtree(page_id: int) -> set[int]:
    """Live pages of the subtree. Others have notes of their own from whatever took them offline."""
    page = Page.objects.filter(pk=page_id).only("path").first()
    if page is None:
        return set()
    return {page_id, *Page.objects.filter(path__startswith=page.path, live=True).values_list("pk", flat=True)}


def _parent(page_id: int) -> int | None:
    page = Page.objects.filter(pk=page_id).only("path", "depth").first()
    parent = page.get_parent() if page else None
    return parent.pk if parent else None


def _media_keys(collection_id: int) -> list[str]:
    """Dependency keys of all images and files in a collection and below it."""
    collection = Collection.objects.filter(pk=collection_id).first()
    if collection is None:
        return []
    keys = []
    for model, name in ((ContentImage, "image"), (get_document_model(), "document")):
        ids = model.objects.filter(collection__path__startswith=collection.path).values_list("pk", flat=True)
        keys += [f"{name}:{each}" for each in ids]
    return keys
