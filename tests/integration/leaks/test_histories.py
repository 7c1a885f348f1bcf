"""Pages are hidden and shown, edited and published in any order: at every moment only what is public is shown.

FORMIDLE_HISTORIES=50 runs so many, FORMIDLE_STEPS=40 makes them longer, FORMIDLE_SEED=12 repeats one.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from cms.publishing.projector import Projector
from tests.integration.leaks import world
from tests.integration.leaks.crawl import Crawler
from tests.integration.leaks.markers import Markers
from tests.integration.leaks.states import ONCE_PUBLIC, Places, Undo, make_places
from tests.integration.publishing import site as s

HISTORIES = int(os.environ.get("FORMIDLE_HISTORIES", 2))
STEPS = int(os.environ.get("FORMIDLE_STEPS", 12))
SEEDS = [os.environ["FORMIDLE_SEED"]] if "FORMIDLE_SEED" in os.environ else [str(each) for each in range(HISTORIES)]
ASKED = (
    "/api/v1/content/?fields=*&limit=50",
    "/api/v1/search/?limit=100",
    "/api/v1/navigation/",
    "/feeds/all.json",
    "/feeds/all.atom",
    "/calendar/events.ics",
    "/sitemap.xml",
    "/llms.txt",
    "/sok/",
    "/",
)


class History:
    """Four pages that link to each other, each in a section of its own. ``words`` of a page: those that it has now."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.markers = Markers("xw", seed)
        self.places: Places = make_places(s.make_home(), self.markers.word)
        self.crawler = Crawler()
        self.pages: list[Any] = []
        self.words: dict[int, set[str]] = {}
        self.back: dict[int, Undo] = {}
        self.log: list[str] = []
        for place, make in enumerate((s.news, s.event, s.showcase, s.plain)):
            section = s.add(self.places.open, s.section("Del"))
            self.pages.append(s.add(section, make("Ny", slug=f"side-{place}")))
            self._publish(self.pages[-1])
        world.work()

    def run(self, steps: int) -> None:
        for _ in range(steps):
            page = self.random.choice(self.pages)
            if page.pk in self.back:
                self.random.choice([self._show, self._draft, self._show])(page)
            else:
                self.random.choice([self._hide, self._hide, self._draft, self._publish])(page)
            if self.random.random() < 0.4:  # half-way through
                Projector().step()
            else:
                world.work()
                self.check()
        world.work()
        self.check()

    def check(self) -> None:
        public = set[str]().union(*(self.words[page.pk] for page in self.pages if page.pk not in self.back))
        for url in ASKED:
            found = self.markers.found(self.crawler.get(url).raw)
            assert found <= public, (url, self.markers.named(found - public))
        shown = self.markers.found(self.crawler.get(ASKED[0]).raw)
        assert shown == public, self.markers.named(public - shown)
        for page in self.pages:
            status = self.crawler.get(f"/api/v1/content/{page.pk}/").status
            assert status == (410 if page.pk in self.back else 200)
        for word in set(self.markers.names) - public:
            assert self.markers.found(self.crawler.get(f"/api/v1/search/?q={word}").raw) == {word}  # the question
            assert self.crawler.get(f"/api/v1/search/suggest/?q={word[:8]}").body.count(word.encode()) == 0

    def _values(self, page: Any) -> dict[str, Any]:
        count = len(self.log)
        values = {name: self.markers.word(f"{page.pk} {name} {count}") for name in ("title", "summary")}
        others = self.random.sample(self.pages, min(2, len(self.pages)))
        return {**values, "body": s.stream(s.cards(*others), s.link_text(*others), s.listing()), "show_in_menus": True}

    def _publish(self, page: Any) -> None:
        values = self._values(page)
        self.log.append(f"publish {page.pk}")
        self.words[page.pk] = {values["title"], values["summary"]}
        s.publish(page, **values)

    def _draft(self, page: Any) -> None:
        self.log.append(f"draft of {page.pk}")
        fresh = page.specific_class.objects.get(pk=page.pk)
        live = {"title": fresh.title, "summary": fresh.summary, "body": fresh.body}
        s.draft(page, **self._values(page))
        s.draft(page, **live)  # whatever shows it again publishes the newest revision

    def _hide(self, page: Any) -> None:
        name = self.random.choice([each for each in ONCE_PUBLIC if each != "deleted"])
        self.log.append(f"hide {page.pk}: {name}")
        self.back[page.pk] = ONCE_PUBLIC[name](page, self.places)

    def _show(self, page: Any) -> None:
        self.log.append(f"show {page.pk}")
        show = self.back.pop(page.pk)
        assert show
        show()


@pytest.mark.parametrize("seed", SEEDS)
def test_only_what_is_public_is_shown_at_every_moment(db, seed):
    with world.in_memory():
        history = History(seed)
        try:
            history.run(STEPS)
        except BaseException:
            print(f"FORMIDLE_SEED={seed} FORMIDLE_STEPS={STEPS}", *history.log, sep="\n")
            raise
