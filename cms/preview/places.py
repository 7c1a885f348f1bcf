"""Where the parts of a previewed document are: files that the public cannot reach, and drafts that it links to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from cms.preview import drafts, tokens
from cms.preview.models import PreviewToken
from cms.publishing import urls_of
from cms.publishing.public import SiteRoot

API = f"{urls_of.API}preview/"
WEB = "/preview/"


class Place(NamedTuple):
    """The three addresses that a document has for a page."""

    path: str
    url: str
    api_url: str


class Places(Protocol):
    @property
    def user(self) -> Any:
        """Whose permissions decide which drafts are linked to."""

    @property
    def follows(self) -> bool:
        """Whether links lead to drafts."""

    def file(self, name: str) -> str:
        """URL of a file in the media storage."""

    def draft(self, page: Page, site: SiteRoot) -> Place: ...


@dataclass(frozen=True, slots=True)
class AdminPlaces:
    """Inside the admin, where everybody is logged in."""

    user: Any
    follows: bool = True

    def file(self, name: str) -> str:
        return f"{settings.MEDIA_URL}{quote(name)}"

    def draft(self, page: Page, site: SiteRoot) -> Place:
        path = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        return Place(path, path, urls_of.api_url(site, f"content/{page.pk}/"))


@dataclass(frozen=True, slots=True)
class TokenPlaces:
    """For whoever holds a token: everything is reached by keys derived from it, which end with it.

    ``depth``: through how many links drafts are reached from here.
    """

    grant: PreviewToken
    depth: int

    @property
    def follows(self) -> bool:
        return self.depth > 0

    @property
    def user(self) -> Any:
        return self.grant.created_by

    def file(self, name: str) -> str:
        key = tokens.file_key(self.grant.pk, self.grant.hash, name)
        return f"{settings.API_URL}{API}files/{key}/{quote(name)}"

    def draft(self, page: Page, site: SiteRoot) -> Place:
        child = tokens.Child(self.grant.pk, page.pk, page.latest_revision_id, self.depth - 1, drafts.state_of(page))
        return place_of(tokens.child_token(child, self.grant.hash), site)


def place_of(token: str, site: SiteRoot) -> Place:
    """Where a token shows its draft: in the frontend that FORMIDLE_PREVIEW_URL names, or in our own templates."""
    api_url = f"{settings.API_URL}{API}{token}/"
    if settings.FORMIDLE_PREVIEW_URL:
        url = frontend_url(token)
        parts = urlsplit(url)
        return Place(url.removeprefix(f"{parts.scheme}://{parts.netloc}"), url, api_url)
    path = f"{WEB}{token}/"
    return Place(path, urls_of.page_url(site, path), api_url)


def frontend_url(token: str) -> str:
    return str(settings.FORMIDLE_PREVIEW_URL).replace("{token}", token)
