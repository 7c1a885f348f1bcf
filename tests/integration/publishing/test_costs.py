"""What publishing costs the database: editors wait while the projector writes, and rebuilds take one build per page."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.publishing import store
from cms.publishing.batch import Batch
from cms.publishing.build import build
from cms.publishing.projector import Projector
from cms.publishing.public import Publicness
from tests.integration.publishing.site import add, cards, link_text, plain, publish, section, stream, work


@pytest.fixture
def written(monkeypatch):
    """Numbers of statements in the projector's write transactions."""
    counts = []
    writing = Projector._writing

    @contextmanager
    def counted(self, each):
        with CaptureQueriesContext(connection) as queries, writing(self, each):
            yield
        counts.append(len(queries))

    monkeypatch.setattr(Projector, "_writing", counted)
    return counts


def test_write_transaction_does_not_grow_with_what_shows_the_page(home, written):
    lonely, popular = add(home, plain("Alene")), add(home, plain("Vist"))
    for number in range(25):
        add(home, plain(f"Leser {number}", body=stream(cards(popular))))
    work()
    counts = []
    for page in (lonely, popular):
        written.clear()
        publish(page, title="Nytt navn", slug=f"nytt-{page.pk}")
        Projector().step()
        counts.append(max(written))
        work()
    assert counts[1] - counts[0] <= 2
    assert counts[1] <= 25


def test_write_transaction_does_not_grow_with_the_subtree(home, written):
    parent = add(home, section("Arkiv", slug="arkiv"))
    for number in range(25):
        add(parent, plain(f"Side {number}"))
    work()
    written.clear()
    publish(parent, slug="nytt")
    work()
    assert max(written) <= 25


def queries_of_build(page):
    specific = Page.objects.get(pk=page.pk).specific
    publicness = Publicness()
    with CaptureQueriesContext(connection) as queries:
        batch = Batch([page.pk])
        assert not store.difference(build(specific, publicness, batch=batch), batch)
    return len(queries)


def test_second_build_of_many_links_takes_as_many_queries_as_of_one(home):
    targets = [add(home, plain(f"Mål {number}")) for number in range(12)]
    one = add(home, plain("En lenke", body=stream(link_text(*targets[:1]))))
    many = add(home, plain("Mange lenker", body=stream(link_text(*targets))))
    work()
    assert queries_of_build(one) == queries_of_build(many)
    assert queries_of_build(many) <= 18
