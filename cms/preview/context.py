"""The builder's context for a draft: its files come from where they may be seen, its links lead to drafts.

Only what an editor pointed to is followed: links in texts, link blocks, cards, chosen pages. What the system adds
(menus, breadcrumbs, children, lists, pages that link here) is what the public sees, so a shared draft opens no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from wagtail.models import Page

from cms.content import shapes
from cms.plugins import registry
from cms.preview import drafts
from cms.preview.places import Place, Places
from cms.publishing.batch import Batch
from cms.publishing.build import build
from cms.publishing.context import PublishedContext
from cms.publishing.models import Document
from cms.publishing.public import Publicness, SiteRoot

MOST = 50
"""Drafts that one document follows, as each is built for it; further links lead to what is public."""


class DraftContext(PublishedContext):
    """``follows``: whether links lead to drafts at all."""

    def __init__(
        self,
        page: Page,
        site: SiteRoot,
        publicness: Publicness,
        language: str,
        batch: Batch,
        *,
        places: Places,
        follows: bool = True,
    ) -> None:
        super().__init__(page, site, publicness, language, batch)
        self.places = places
        self._follows = follows and places.follows
        self._asked: set[int] = set()
        self._found: dict[int, Place] = {}

    # -- links -------------------------------------------------------------------------------------------------------

    def page_link(self, page_id: int, title: str = "") -> shapes.Link | None:
        self._follow([page_id])
        return super().page_link(page_id, title)

    def page_summary(self, page_id: int) -> dict[str, Any] | None:
        self._follow([page_id])
        return super().page_summary(page_id)

    def related(self, page: Any, chosen: Sequence[int]) -> list[dict[str, Any]]:
        self._follow(chosen)
        return super().related(page, chosen)

    def url_of(self, document: Document) -> tuple[str, str | None]:
        place = self._found.get(document.pk)
        return (place.url, place.path) if place else super().url_of(document)

    def _summary(self, document: Document) -> dict[str, Any]:
        place = self._found.get(document.pk)
        return {**super()._summary(document), **(place._asdict() if place else {})}

    def _follow(self, page_ids: Iterable[int]) -> None:
        """Has the drafts of pages, where there are any, stand in for their documents from now on."""
        new = set(page_ids) - self._asked - {self.page_id}
        if not self._follows or not new:
            return
        self._asked |= new
        for page in Page.objects.filter(pk__in=new).order_by("pk"):
            if len(self._found) < MOST and drafts.has_draft(page) and drafts.may_see(self.places.user, page):
                self._use_draft(page)

    def _use_draft(self, page: Page) -> None:
        site = self.publicness.site_of(page)
        draft = drafts.at_revision(page, page.latest_revision_id)
        if site is None or draft is None or registry.by_model(type(draft)) is None:
            return
        place = self.places.draft(page, site)
        built = build(draft, self.publicness, partial(DraftContext, places=self.places, follows=False))
        self._found[page.pk] = place
        self._batch.stand_in(
            Document(
                id=page.pk,
                site_id=site.id,
                type=built.type,
                locale=built.locale,
                language=built.language,
                path=place.path,
                title=built.title,
                summary=built.summary,
            )
        )

    # -- files -------------------------------------------------------------------------------------------------------

    def media_url(self, path: str) -> str:
        return self.places.file(path)

    def document_url(self, path: str, stored_as: str) -> str:
        return self.media_url(stored_as)
