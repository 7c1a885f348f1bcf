"""Whatever points to a hidden page says nothing of it; once the page is public it is shown, and hidden again it is not.

FORMIDLE_LEAKS=all tries every state from the beginning; otherwise those that the others resemble.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.leaks import world
from tests.integration.leaks.corpus import EVERYTHING
from tests.integration.leaks.crawl import Crawler
from tests.integration.leaks.markers import Markers
from tests.integration.leaks.relations import Readers, point_to, shown
from tests.integration.leaks.states import FROM_THE_START, ONCE_PUBLIC, Places, make_places
from tests.integration.publishing import site as s

ALIKE = ("groups", "password", "moved under closed")
STATES = list(FROM_THE_START) if EVERYTHING else ["draft", "under closed", "outside"]


@dataclass(slots=True)
class Site:
    words: Markers
    places: Places
    crawler: Crawler

    def targets(self) -> list[Any]:
        """An article, an event and a section; not yet in the tree."""
        words, image = self.words, s.add_image(file=s.picture(f"{self.words.word('file name')}.png"))
        shared = {"summary": "", "image": s.main_image(image), "show_in_menus": True}
        made = [make(words.word("title"), **shared) for make in (s.news, s.event, s.section)]
        # the section's slug stands in the path of what is below it, which may be public
        for page, slug in zip(made, (words.word("slug"), words.word("slug"), "del"), strict=True):
            page.slug = slug
        return made


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    with world.in_memory():
        words = Markers("xr", "relations")
        places = make_places(s.make_home(), Markers("xs", "places").word)
        s.publish(places.open, show_in_menus=True)
        yield Site(words, places, Crawler())


def check(site: Site, readers: Readers, targets: list[Any], *, public: bool) -> None:
    world.work()
    by_word, by_id = shown(site.crawler, readers, site.words, {page.pk for page in targets})
    everything = set(readers.addresses())
    if public:
        assert everything - by_word == set()
        assert {name for name in everything - by_id if not name.startswith("website")} <= WITHOUT_IDS
    else:
        assert (by_word, by_id) == (set(), set())


WITHOUT_IDS = {"sitemap", "feed", "calendar", "redirect"}


@pytest.mark.parametrize("state", STATES)
def test_hidden_from_the_start_then_public(site, state):
    found = [FROM_THE_START[state](page, site.places) for page in site.targets()]
    targets = [page for page, _ in found]
    readers = point_to(site.places.home, site.places.open, *targets)
    check(site, readers, targets, public=False)
    for _, show in found:
        assert show
        show()
    check(site, readers, targets, public=True)


def test_public_then_hidden_and_public_again(site):
    targets = [s.add(site.places.open, page) for page in site.targets()]
    readers = point_to(site.places.home, site.places.open, *targets)
    check(site, readers, targets, public=True)
    for name, hide in ONCE_PUBLIC.items():
        if name in ALIKE and not EVERYTHING:
            continue
        undo = [hide(page, site.places) for page in targets]
        check(site, readers, targets, public=False)
        for show in undo:
            if show:
                show()
        if undo[0]:
            check(site, readers, targets, public=True)
