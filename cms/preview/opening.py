"""What a token shows now. Everything that could have ended it is looked at each time: nothing has to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.http import Http404
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.content.models import ContentRendition
from cms.plugins import registry
from cms.preview import drafts, tokens
from cms.preview.context import DraftContext
from cms.preview.models import PreviewToken
from cms.preview.places import TokenPlaces
from cms.publishing.build import Built, build
from cms.publishing.public import Publicness

USED_EVERY = timedelta(minutes=1)
"""So often at most the time of the last use is written."""


class UnknownToken(Exception):
    """Never was a token, or was changed, or ended so long ago that it is forgotten."""


class EndedToken(Exception):
    """Expired or revoked: by hand, or because its page was published, unpublished or deleted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft and the token that it is seen by; ``depth`` as in the token's row."""

    page: Any
    grant: PreviewToken
    depth: int

    def build(self) -> Built:
        """The document as it would be published."""
        publicness = Publicness()
        if publicness.site_of(self.page) is None or registry.by_model(type(self.page)) is None:
            raise EndedToken  # moved out of every site, or of a plugin that is switched off
        places = TokenPlaces(self.grant, self.depth)
        return build(self.page, publicness, partial(DraftContext, places=places))


def open_token(token: str) -> Opened:
    """Raises UnknownToken or EndedToken."""
    if hash_ := tokens.hash_of(token):
        grant = _grant(hash=hash_)
        opened = Opened(_draft(grant), grant, grant.depth)
    else:
        opened = _open_child(token)
    _used(opened.grant)
    return opened


def check_file(key: str, name: str) -> None:
    """Passes for a file that a document under a living token has shown, and would show now.

    Raises like ``open_token``, and Http404 for a file that was withdrawn since.
    """
    grant_id = key.partition(".")[0]
    if not (grant_id.isascii() and grant_id.isdigit() and len(grant_id) < 19):
        raise UnknownToken
    grant = _grant(pk=int(grant_id))
    if not tokens.is_file_key(key, grant.hash, name):
        raise UnknownToken
    _page(grant)
    if not _is_shown(name):
        raise Http404


def _is_shown(name: str) -> bool:
    """False for what was withdrawn or moved to a private collection: whoever kept its address sees it no longer."""
    rendition = ContentRendition.objects.select_related("image__collection").filter(file=name).first()
    if rendition is not None and rendition.image.withdrawn:
        return False
    files = get_document_model().objects.select_related("collection")
    shown = rendition.image if rendition is not None else files.filter(file=name).first()
    return shown is not None and Publicness().is_open(shown)


def _open_child(token: str) -> Opened:
    child = tokens.child_of(token)
    if child is None:
        raise UnknownToken
    grant = _grant(pk=child.grant_id)
    if not tokens.is_child_of(token, grant.hash):
        raise UnknownToken
    _page(grant)
    page = Page.objects.filter(pk=child.page_id).first()
    if page is None or drafts.state_of(page) != child.state or not drafts.may_see(grant.created_by, page):
        raise EndedToken
    draft = drafts.at_revision(page, child.revision_id)
    if draft is None:
        raise EndedToken
    return Opened(draft, grant, child.depth)


def _grant(**wanted: Any) -> PreviewToken:
    grant = PreviewToken.objects.select_related("created_by", "content_type").filter(**wanted).first()
    if grant is None:
        raise UnknownToken
    return grant


def _page(grant: PreviewToken) -> Page | None:
    """The page as it is stored, None where it never was. Raises EndedToken for whatever has ended the token."""
    if grant.is_over or grant.created_by is None or not grant.created_by.is_active:
        raise EndedToken
    if grant.page_id is None:
        return None
    page = Page.objects.select_related("locale").filter(pk=grant.page_id).first()
    if (
        page is None
        or drafts.state_of(page) != grant.page_state
        or page.locale.language_code != grant.locale
        or not drafts.may_see(grant.created_by, page)
    ):
        raise EndedToken
    return page


def _draft(grant: PreviewToken) -> Any:
    page = _page(grant)
    if grant.content_type.model_class() is None:  # its plugin was uninstalled
        raise EndedToken
    if grant.content is not None:
        return drafts.from_content(grant.content, grant.content_type, page)
    draft = drafts.at_revision(page, grant.revision_id) if page else None
    if draft is None:
        raise EndedToken
    return draft


def _used(grant: PreviewToken) -> None:
    now = timezone.now()
    if grant.last_used_at is None or now - grant.last_used_at > USED_EVERY:
        PreviewToken.objects.filter(pk=grant.pk).update(last_used_at=now)
