"""A leak that is made on purpose is seen: the other tests look where it would show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cms.publishing import projector
from cms.publishing.build import build
from cms.publishing.notes import note
from cms.publishing.public import Publicness
from search import published, service
from tests.integration.publishing import site as s

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["login news-article", "deep below password", "under closed event"])
def test_page_behind_a_restriction(corpus, monkeypatch, name):
    monkeypatch.setattr(Publicness, "is_reachable", lambda self, page: self.site_of(page) is not None)
    page = corpus.hidden.pages[name]
    note(f"page:{page.pk}", "as if it were public")
    s.work()
    for url in ("/api/v1/content/?limit=100", f"/api/v1/content/{page.pk}/", "/api/v1/changes/?limit=100"):
        assert corpus.secret.found(corpus.crawler.get(url).raw), url


def test_draft_of_a_live_page(corpus, monkeypatch):
    page = corpus.pages["showcase"]
    page.refresh_from_db()
    draft = page.get_latest_revision().as_object()

    def build_draft(built: Any, *args: Any, **options: Any) -> Any:
        return build(draft if built.pk == draft.pk else built, *args, **options)

    monkeypatch.setattr(projector, "build", build_draft)
    note(f"page:{page.pk}", "as if the draft were live")
    s.work()
    found = corpus.secret.found(corpus.crawler.get(f"/api/v1/content/{page.pk}/").raw)
    assert len(found) > 50


def test_word_in_the_index(corpus):
    page, word = corpus.pages["page"], corpus.secret.words("draft page title")[0]
    (document,) = published.read([page.pk]).documents
    engine = service.engine()
    try:
        engine.write([replace(document, title=word)])
        assert corpus.json(f"/api/v1/search/?q={word}")["total"] == 1
        assert corpus.json(f"/api/v1/search/suggest/?q={word[:4]}")["completions"] == [word]
    finally:
        engine.write([document])
