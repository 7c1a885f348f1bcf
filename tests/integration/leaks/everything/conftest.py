"""The corpus, built once: first a public site, then everything hidden, each step crawled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from wagtail.models import Site

from tests.integration.leaks import world
from tests.integration.leaks.albums import add_albums
from tests.integration.leaks.asking import seeds
from tests.integration.leaks.corpus import Hidden, build_public
from tests.integration.leaks.crawl import Answer, Crawler
from tests.integration.leaks.markers import Markers
from tests.integration.leaks.states import make_places
from tests.integration.publishing import site as s

SEED = os.environ.get("FORMIDLE_SEED", "leaks")


@dataclass(slots=True)
class Corpus:
    """``before`` and ``after``: the same crawl without and with what was never public. ``log``: all that was logged."""

    control: Markers
    secret: Markers
    pages: dict[str, Any]
    hidden: Hidden
    crawler: Crawler
    cursor: str = ""
    while_public: bytes = b""
    before: dict[str, Answer] = field(default_factory=dict)
    after: dict[str, Answer] = field(default_factory=dict)
    log: bytes = b""

    @property
    def old_slugs(self) -> set[str]:
        """Of pages that once were public: their paths are told, to those who know them."""
        return {word for word, name in self.secret.names.items() if name.startswith("once ") and name.endswith(" slug")}

    def told(self, answer: Answer) -> set[str]:
        """The words that an answer may have: a removed page says so by its path, and the change feed goes back."""
        return self.old_slugs if answer.status == 410 or answer.url.startswith("/api/v1/changes/") else set()

    def json(self, url: str) -> Any:
        return orjson.loads(self.crawler.get(url).body)


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Corpus]:
    with world.rolled_back(django_db_blocker), world.in_memory(), world.logged() as log:
        control, secret = Markers("qz", SEED), Markers("xq", SEED)
        home = s.make_home()
        pages = build_public(home, control)
        places = make_places(home, secret.word)
        add_albums(places.open, control, secret)
        hidden = Hidden(secret, places)
        corpus = Corpus(control, secret, pages, hidden, Crawler())
        world.work()
        corpus.cursor = corpus.json("/api/v1/changes/?limit=100")["cursor"]
        hidden.publish_for_a_while()
        world.work()
        corpus.while_public = corpus.crawler.get("/api/v1/content/?fields=*&limit=50&order=newest").body
        hidden.hide()
        world.work()
        asked = seeds(corpus.crawler, corpus.cursor)
        corpus.before = corpus.crawler.crawl(asked)
        hidden.add_never_public()
        hidden.drafts_of({**pages, "open": places.open})
        world.work()
        corpus.after = corpus.crawler.crawl(asked)
        corpus.log = log.take()
        assert Site.objects.count() == 1
        yield corpus


@pytest.fixture
def corpus(built: Corpus, db: None) -> Corpus:
    return built
