"""Two sites in one installation: neither shows anything of the other, nor of the other's drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings
from wagtail.models import Page, Site

from tests.integration.leaks import world
from tests.integration.leaks.asking import seeds
from tests.integration.leaks.corpus import PUBLIC_MUNICIPALITY, PUBLIC_YEAR, Writer
from tests.integration.leaks.crawl import Answer, Crawler
from tests.integration.leaks.markers import Markers
from tests.integration.leaks.media import media
from tests.integration.publishing import site as s

OTHER = "annet.example.org"
TYPES = ("section", "event", "network")


@dataclass(frozen=True, slots=True)
class Half:
    """A site: its public words, those of its drafts, and what a crawl of its host found, which asks for no other."""

    public: Markers
    drafts: Markers
    answers: dict[str, Answer]

    def found(self, words: Markers) -> dict[str, list[str]]:
        """Address → those of the words that it shows."""
        return {url: words.named(found) for url, answer in self.answers.items() if (found := words.found(answer.raw))}


def fill(root: Any, name: str) -> tuple[Markers, Markers]:
    public, drafts = Markers(f"q{name}", name), Markers(f"x{name}", name)
    for words, live in ((public, True), (drafts, False)):
        writer = Writer(words, *media(words, name), year=PUBLIC_YEAR, municipality=PUBLIC_MUNICIPALITY)
        topic = writer.topic(name)
        for type_ in TYPES:
            page = writer.page(name, type_)
            if hasattr(page, "topics"):
                page.topics = [topic]
            s.add(root, page, live=live)
    return public, drafts


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Half]]:
    hosts = override_settings(ALLOWED_HOSTS=["localhost", OTHER])
    with world.rolled_back(django_db_blocker), world.in_memory(), hosts:
        home = s.make_home()
        root = s.add(Page.get_first_root_node(), type(home)(title="Annet", slug="annet"))
        Site.objects.create(hostname=OTHER, port=80, site_name="Annet", root_page=root)
        words = [fill(home, "z"), fill(root, "w")]
        world.work()
        crawlers = [Crawler("localhost"), Crawler(OTHER)]
        yield [
            Half(
                *pair, crawler.crawl([each for each in seeds(crawler, "x") if "&" not in each and "site=" not in each])
            )
            for pair, crawler in zip(words, crawlers, strict=True)
        ]


@pytest.fixture
def halves(built: list[Half], db: None) -> list[Half]:
    return built


def test_no_site_shows_anything_of_another_one(halves: list[Half]) -> None:
    one, other = halves
    for half, neighbour in ((one, other), (other, one)):
        assert half.found(neighbour.public) == {}
        assert half.found(neighbour.drafts) == half.found(half.drafts) == {}
        shown = set[str]().union(*(half.public.found(each.raw) for each in half.answers.values()))
        assert len(shown) > len(half.public.names) / 2, "its own words are found"


def test_site_that_is_named_is_the_one_that_answers(halves: list[Half]) -> None:
    one, other = halves
    found = Crawler("localhost").get(f"/api/v1/content/?fields=*&limit=50&site={OTHER}").raw
    assert other.public.found(found)
    assert not one.public.found(found)
