"""The builder's context while publishing: other pages are what their documents say, so nothing unpublished can leak.

Everything that is asked for is recorded as a dependency, also when it is not public: it may become so.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.conf import settings
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.content import shapes, times
from cms.content.context import ImageUse, ListingQuery
from cms.plugins import registry
from cms.publishing import lists, pictures, urls_of
from cms.publishing.batch import Batch
from cms.publishing.models import Document
from cms.publishing.public import Publicness, SiteRoot, path_of

RELATED = 12


class PublishedContext:
    """Answers from the publishing tables.

    ``dependencies`` maps each key to whether the editor linked to the page. ``name:7``: the page's title, path and
    whether it is public; ``page:7``: its whole summary, which changes with every publishing.
    """

    def __init__(self, page: Page, site: SiteRoot, publicness: Publicness, language: str, batch: Batch) -> None:
        self.page_id = page.pk
        self._page = page
        self.site = site
        self.publicness = publicness
        self.language = language
        self.dependencies: dict[str, bool] = {}
        self.media: dict[str, str] = {}
        self._batch = batch
        self._crops: dict[int, tuple[str, int, int] | None] = {}

    @property
    def tree(self) -> str:
        return self._page.locale.language_code if settings.WAGTAIL_I18N_ENABLED else ""

    def depend(self, key: str, link: bool = False) -> None:
        # its own page too: a page that links to itself, or lists itself, is built again once its document is there
        self.dependencies[key] = self.dependencies.get(key, False) or link

    # -- pages -------------------------------------------------------------------------------------------------------

    def documents(self, ids: Iterable[int]) -> dict[int, Document]:
        """Live documents of any of our sites, without their details; drafts and hidden pages have none."""
        return self._batch.documents(ids)

    def url_of(self, document: Document) -> tuple[str, str | None]:
        """``url`` and ``path`` of a link; a page of another site has an absolute URL and no path here."""
        if document.site_id == self.site.id:
            return urls_of.page_url(self.site, document.path), document.path
        return urls_of.absolute_url(self._site_of(document), document.path), None

    def page_link(self, page_id: int, title: str = "") -> shapes.Link | None:
        self.depend(f"name:{page_id}", link=True)
        document = self.documents([page_id]).get(page_id)
        if document is None:
            return None
        url, path = self.url_of(document)
        return {
            "kind": "page",
            "title": title or document.title,
            "url": url,
            "path": path,
            "id": document.pk,
            "type": document.type,
        }

    def page_summary(self, page_id: int) -> dict[str, Any] | None:
        self.depend(f"name:{page_id}", link=True)
        self.depend(f"page:{page_id}")
        document = self.documents([page_id]).get(page_id)
        return self._summary(document) if document else None

    def _summary(self, document: Document) -> dict[str, Any]:
        summary: dict[str, Any] = orjson.loads(document.summary)
        if document.site_id == self.site.id:
            return summary
        other = self._site_of(document)
        api_url = urls_of.api_url(other, f"content/{document.pk}/", elsewhere=True)
        return {**summary, "url": urls_of.absolute_url(other, document.path), "api_url": api_url}

    def _site_of(self, document: Document) -> SiteRoot:
        return next((site for site in self.publicness.sites if site.id == document.site_id), self.site)

    def api_url(self, path: str) -> str:
        return urls_of.api_url(self.site, path)

    def path_of(self, page_id: int) -> str | None:
        self.depend(f"name:{page_id}")
        document = self.documents([page_id]).get(page_id)
        return document.path if document else None

    def children(self, page: Any, types: Sequence[str]) -> list[shapes.PageReference]:
        self.depend(f"children:{page.pk}")
        known = registry.content_types()
        models = [known[each].model for each in types if each in known]
        ids = list(Page.objects.child_of(page).type(*models).order_by("path").values_list("pk", flat=True))
        found = self.documents(ids)
        return [self._reference(found[each]) for each in ids if each in found]

    def _reference(self, document: Document) -> shapes.PageReference:
        url, _ = self.url_of(document)
        return {"id": document.pk, "type": document.type, "title": document.title, "path": document.path, "url": url}

    def breadcrumbs(self, page: Any) -> list[shapes.Breadcrumb]:
        above = [page_id for page_id, path in self.ancestors(page) if path.startswith(self.site.root_path)]
        for page_id in above:
            self.depend(f"name:{page_id}")
        found = self.documents(above)
        return [{"id": each, "title": found[each].title, "path": found[each].path} for each in above if each in found]

    def ancestors(self, page: Any) -> list[tuple[int, str]]:
        """Id and tree path of every page above, from the root of the tree down to the parent."""
        return self._batch.ancestors(page)

    def translations(self, page: Any) -> list[shapes.Translation]:
        """The page in every tree that has it, itself included; by locale."""
        key = str(page.translation_key)
        self.depend(f"translations:{key}")
        own = path_of(page, self.site)
        others = [each for each in self._batch.translations(key) if each.pk != page.pk]
        entries = [(page.locale.language_code, page.title, own, urls_of.page_url(self.site, own))]
        entries += [(each.locale, each.title, each.path, self.url_of(each)[0]) for each in others]
        return [
            {"locale": locale, "title": title, "path": path, "url": url} for locale, title, path, url in sorted(entries)
        ]

    def related(self, page: Any, chosen: Sequence[int]) -> list[dict[str, Any]]:
        for page_id in chosen:
            self.depend(f"name:{page_id}", link=True)
            self.depend(f"page:{page_id}")
        wanted = list(dict.fromkeys(each for each in chosen if each != page.pk))
        linked = self._linking(page.pk, wanted) if self._batch.is_linked(page.pk) else []
        for page_id in linked:
            self.depend(f"page:{page_id}")
        found = self.documents([*wanted, *linked])
        entries = [(each, "chosen") for each in wanted] + [(each, "linked") for each in linked]
        return [{**self._summary(found[each]), "reason": reason} for each, reason in entries if each in found][:RELATED]

    def _linking(self, page_id: int, but: Sequence[int]) -> list[int]:
        rows = Document.objects.filter(removed_at=None, dependencies__key=f"name:{page_id}", dependencies__link=True)
        rows = rows.exclude(pk__in=[*but, page_id]).order_by("-published_at", "-pk")
        return list(rows.values_list("pk", flat=True)[:RELATED])

    def listing(self, query: ListingQuery) -> list[dict[str, Any]]:
        for type_ in query.types or ("*",):
            self.depend(f"list:{type_}")
        result = lists.list_documents(
            lists.ListQuery(
                site_id=self.site.id,
                types=tuple(query.types),
                keys=tuple((name, tuple(values)) for name, values in query.filters.items()),
                order=query.order,
                limit=query.limit,
            )
        )
        return [orjson.loads(row.summary) for row in result.rows]

    def ends(self, pages: Iterable[int], images: Iterable[int]) -> list[datetime]:
        """When those of them that were asked for go by themselves: pages that expire, images whose consent ends."""
        documents = self._batch.documents(pages)
        found = [document.expires_at for each in pages if (document := documents.get(each))]
        shown = [image for each in images if (image := self._batch.image(each))]
        found += [times.midnight(each.consent_until + timedelta(days=1)) for each in shown if each.consent_until]
        return [each for each in found if each]

    def media_url(self, path: str) -> str:
        return urls_of.media_url(path)

    # -- media -------------------------------------------------------------------------------------------------------

    def image(self, use: ImageUse, profile: str = "default") -> shapes.Image | None:
        if use.image_id is None:
            return None
        self.depend(f"image:{use.image_id}")
        image = self._batch.image(use.image_id)
        if image is None or image.withdrawn or not self.publicness.is_open(image):
            return None
        shown = self._batch.shown(image, self.media_url)
        if shown is None:
            return None
        self.media |= dict.fromkeys(shown.files, "")
        self._crops[image.pk] = shown.crop
        return pictures.in_place(shown.value, image, use)

    def open_graph(self, image_id: int) -> tuple[str, int, int] | None:
        """Path, width and height of the crop for social media of an image that was asked for; None until it is made."""
        found = self._crops.get(image_id)
        if found:
            self.media[found[0]] = ""
        return found

    def document(self, document_id: int) -> shapes.Document | None:
        self.depend(f"document:{document_id}")
        document = get_document_model().objects.select_related("collection").filter(pk=document_id).first()
        if document is None or not self.publicness.is_open(document):
            return None
        path = f"documents/{document.pk}/{document.filename}"
        self.media[path] = document.file.name
        return {
            "title": document.title,
            "url": self.document_url(path, document.file.name),
            "size": document.get_file_size() or 0,
            "content_type": mimetypes.guess_type(document.filename)[0] or "application/octet-stream",
        }

    def document_url(self, path: str, stored_as: str) -> str:
        return self.media_url(path)

    def document_link(self, document_id: int, title: str = "") -> shapes.Link | None:
        document = self.document(document_id)
        if document is None:
            return None
        return {
            "kind": "document",
            "title": title or document["title"],
            "url": document["url"],
            "path": None,
            "id": None,
            "type": None,
        }
