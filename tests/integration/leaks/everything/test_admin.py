"""Whoever is not logged in sees nothing through the admin: no draft, no upload, no list of what there is."""

from __future__ import annotations

import pytest

from tests.integration.leaks.crawl import patterns

pytestmark = pytest.mark.slow


def test_admin_shows_nothing_to_strangers(corpus):
    draft = corpus.hidden.pages["draft event"]
    values = [draft.pk, corpus.hidden.writer.image.pk, "articles", "event"]
    asked = 0
    for pattern in patterns():
        if pattern.template.startswith("/admin/") and pattern.template.count("%(") <= 3:
            for url in pattern.filled(values):
                answer = corpus.crawler.get(url)
                assert not corpus.secret.named(corpus.secret.found(answer.raw)), url
                assert answer.status != 200 or any(each in url for each in OPEN), url
                asked += 1
    assert asked > 200


OPEN = ("/login/", "/password_reset/", "/jsi18n/", "/sprite/")


def test_uploads_are_for_editors(corpus):
    image = corpus.hidden.writer.image
    assert corpus.crawler.get(f"/admin/media/{image.file.name}").status == 302
