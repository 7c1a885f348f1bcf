"""The builder's context for a draft: its pictures and files come from where editors may see them."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from cms.publishing.context import PublishedContext


class DraftContext(PublishedContext):
    def media_url(self, path: str) -> str:
        return f"{settings.MEDIA_URL}{quote(path)}"

    def document_url(self, path: str, stored_as: str) -> str:
        return self.media_url(stored_as)
