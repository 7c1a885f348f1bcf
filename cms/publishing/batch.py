"""What the builds of one batch read: fetched for all its pages at once, and then only once.

The publishing tables have one writer, the projector, and it tells the batch what it writes. Whatever else changes
meanwhile leaves a note, which is worked off in a later batch, from what is read then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page

from cms.content.images.models import ContentImage, ContentRendition
from cms.publishing import pictures, stored
from cms.publishing.models import Dependency, Document
from cms.publishing.stored import Stored, links

if TYPE_CHECKING:
    from cms.publishing.store import Difference


class Batch:
    """``Batch(ids)`` reads ahead for these pages, by what was asked for when each was built the last time."""

    def __init__(self, page_ids: Iterable[int] = ()) -> None:
        ids = list(page_ids)
        self._stored = stored.read(ids)
        self._documents: dict[int, Document | None] = {}
        self._translations: dict[str, list[Document]] = {}
        self._above: dict[str, int] = {}
        self._images: dict[int, ContentImage | None] = {}
        self._renditions: dict[int, list[ContentRendition]] = {}
        self._shown: dict[int, pictures.Shown | None] = {}
        self._labels: dict[tuple[str, str], str | None] = {}
        self._linked: dict[int, bool] = {}
        if ids:
            keys = {key for each in self._stored.values() for key in each.dependencies}
            self.documents(_numbers("name:", keys))
            self._fetch_images(_numbers("image:", keys))
            self.labels({(row[2], row[3]) for each in self._stored.values() for row in each.keys})
            self._fetch_linked(ids)

    # -- pages -------------------------------------------------------------------------------------------------------

    def pages(self) -> dict[int, Any]:
        """The batch's pages as they are now, each of its own class; without deleted ones and those of lost plugins."""
        types = dict(Page.objects.filter(pk__in=self._stored).values_list("pk", "content_type_id"))
        by_type: dict[int, list[int]] = defaultdict(list)
        for page_id, type_id in types.items():
            by_type[type_id].append(page_id)
        found: dict[int, Any] = {}
        for type_id, ids in by_type.items():
            model: Any = ContentType.objects.get_for_id(type_id).model_class()
            if model is not None:
                fields = model._meta.many_to_many
                relations = [each.name for each in fields if isinstance(each, ParentalManyToManyField)]
                rows = model.objects.select_related("locale").prefetch_related(*relations).filter(pk__in=ids)
                found |= {page.pk: page for page in rows}
        self._fetch_above(path for page in found.values() for path in _paths_above(page))
        self._fetch_translations({str(page.translation_key) for page in found.values()})
        return found

    def ancestors(self, page: Any) -> list[tuple[int, str]]:
        """Id and tree path of every page above, from the root of the tree down to the parent."""
        paths = _paths_above(page)
        self._fetch_above(paths)
        return [(self._above[path], path) for path in paths if path in self._above]

    def _fetch_above(self, paths: Iterable[str]) -> None:
        unknown = {path for path in paths if path not in self._above}
        if unknown:
            self._above |= dict(Page.objects.filter(path__in=unknown).order_by("path").values_list("path", "pk"))

    # -- documents ---------------------------------------------------------------------------------------------------

    def stored(self, page_id: int) -> Stored:
        if page_id not in self._stored:
            self._stored |= stored.read([page_id])
        return self._stored[page_id]

    def documents(self, ids: Iterable[int]) -> dict[int, Document]:
        """Live documents of any of our sites, without their details; drafts and hidden pages have none."""
        wanted = list(ids)
        if unknown := [each for each in wanted if each not in self._documents]:
            self._documents |= dict.fromkeys(unknown)
            rows = Document.objects.filter(pk__in=unknown, removed_at=None).defer("detail")
            self._documents |= {document.pk: document for document in rows}
        return {each: found for each in wanted if (found := self._documents[each])}

    def stand_in(self, document: Document) -> None:
        """Has a document that is not stored be the one of its page, as previews do."""
        self._documents[document.pk] = document

    def translations(self, key: str) -> list[Document]:
        """Live documents with a translation key."""
        if key not in self._translations:
            self._fetch_translations({key})
        return self._translations[key]

    def _fetch_translations(self, keys: Collection[str]) -> None:
        found: dict[str, list[Document]] = {key: [] for key in keys}
        for document in Document.objects.filter(translation_key__in=keys, removed_at=None).defer("detail"):
            found[document.translation_key].append(document)
        self._translations |= found

    def is_linked(self, page_id: int) -> bool:
        """True where an editor of some page pointed to this one; perhaps one that is no longer live."""
        if page_id not in self._linked:
            self._fetch_linked([page_id])
        return self._linked[page_id]

    def _fetch_linked(self, ids: Collection[int]) -> None:
        rows = Dependency.objects.filter(key__in=[f"name:{each}" for each in ids], link=True)
        linked = set(rows.order_by().values_list("key", flat=True).distinct())
        self._linked |= {each: f"name:{each}" in linked for each in ids}

    def labels(self, pairs: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str | None]:
        """Field and value → what the value is called, if it is called anything yet."""
        if unknown := [each for each in pairs if each not in self._labels]:
            self._labels |= dict.fromkeys(unknown)
            self._labels |= stored.labels(unknown)
        return self._labels

    def written(self, found: Difference) -> None:
        """Forgets what the writing of a document has made untrue."""
        built, live = found.built, found.live_before
        self._changed(built.page_id, links(built.dependencies) | found.links_before)
        for each in (built, live) if live else (built,):
            self._translations.pop(each.translation_key, None)
        for stored_ in self._stored.values():
            stored_.routes.discard((built.site.id, built.path))  # a page that had the path before
        self._labels |= {(each.field, each.value): each.label for each in found.labels}

    def removed(self, live: Document) -> None:
        """Forgets what the removal of a document has made untrue."""
        self._changed(live.pk, links(self.stored(live.pk).dependencies))
        self._translations.pop(live.translation_key, None)

    def _changed(self, page_id: int, linked: Iterable[int]) -> None:
        self._stored.pop(page_id, None)
        self._documents.pop(page_id, None)
        for each in linked:
            self._linked.pop(each, None)

    # -- images ------------------------------------------------------------------------------------------------------

    def image(self, image_id: int) -> ContentImage | None:
        if image_id not in self._images:
            self._fetch_images([image_id])
        return self._images[image_id]

    def shown(self, image: ContentImage, media_url: Callable[[str], str]) -> pictures.Shown | None:
        """The image with its files, whose URLs ``media_url`` makes; None when its file cannot be read."""
        if image.pk not in self._shown:
            self._shown[image.pk] = pictures.render(image, self._renditions[image.pk], media_url)
        return self._shown[image.pk]

    def _fetch_images(self, ids: Collection[int]) -> None:
        self._images |= dict.fromkeys(ids)
        self._images |= ContentImage.objects.select_related("collection").in_bulk(list(ids))
        self._renditions |= {each: [] for each in ids}
        for rendition in ContentRendition.objects.filter(image_id__in=ids).order_by("pk"):
            self._renditions[rendition.image_id].append(rendition)


def _paths_above(page: Any) -> list[str]:
    """Tree paths of the pages above, from the root of the tree."""
    return [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]


def _numbers(prefix: str, keys: Iterable[str]) -> set[int]:
    return {int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)}
