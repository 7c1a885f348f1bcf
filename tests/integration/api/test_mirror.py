"""A mirror that knows only HTTP: wherever it was, it ends up with what the API has, removals included."""

from __future__ import annotations

import random
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from cms.content.site_settings import SiteSettings
from cms.publishing import consumers, housekeeping
from cms.publishing.models import Change, Projection, Route
from tests.integration.publishing import site as publishing
from tests.integration.publishing.site import add, cards, move, news, plain, publish, section, stream, unpublish, work


class Mirror:
    """A copy of one site. ``follow()`` reads at most ``pages`` answers of the feed, of ``limit`` entries each."""

    def __init__(self, host: str, limit: int = 100) -> None:
        self.host, self.limit = host, limit
        self.started_over = 0
        self._drop_all()

    def _drop_all(self) -> None:
        self.cursor = ""
        self.documents: dict[int, bytes] = {}
        self.paths: dict[str, int] = {}
        self.redirects: dict[str, tuple[str, bool]] = {}
        self.others: dict[str, bytes] = {}

    def get(self, url: str):
        return Client().get(url, headers={"host": self.host})

    def follow(self, pages: int = 1000) -> None:
        for _ in range(pages):
            after = f"&after={quote(self.cursor)}" if self.cursor else ""
            response = self.get(f"/api/v1/changes/?limit={self.limit}{after}")
            if response.status_code == 410:
                self._drop_all()
                self.started_over += 1
                continue
            answer = response.json()
            for entry in answer["results"]:
                self.take(entry)
            self.cursor = answer["cursor"]
            if answer["next"] is None:
                return

    def take(self, entry) -> None:
        response = self.get(entry["api_url"])
        match entry["kind"]:
            case "published" | "updated" | "moved" | "removed":
                self.forget(entry["id"])
                if response.status_code == 200:
                    self.documents[entry["id"]] = response.content
                    self.paths[response.json()["path"]] = entry["id"]
                    self.redirects.pop(response.json()["path"], None)
                else:
                    assert response.status_code in (404, 410)
                if entry["previous_path"]:
                    self.look(entry["previous_path"])
            case "redirect":
                self.look(entry["path"])
            case kind:
                self.others[kind] = response.content

    def look(self, path: str) -> None:
        response = self.get(f"/api/v1/resolve/?path={quote(path)}")
        answer = response.json()
        self.redirects.pop(path, None)
        if response.status_code == 200 and answer["kind"] == "redirect":
            self.redirects[path] = (answer["location"], answer["permanent"])

    def forget(self, page_id: int) -> None:
        self.documents.pop(page_id, None)
        self.paths = {path: each for path, each in self.paths.items() if each != page_id}

    def assert_equal(self, fresh: Mirror) -> None:
        assert self.documents == fresh.documents
        assert self.paths == fresh.paths
        assert self.redirects == fresh.redirects
        for kind, body in self.others.items():
            assert body == self.get(f"/api/v1/{kind}/").content

    def assert_complete(self) -> None:
        """What it has is what the API answers: lists, and every path that ever was."""
        listed, url = set(), "/api/v1/content/?limit=100"
        while url:
            answer = self.get(url).json()
            listed |= {each["id"] for each in answer["results"]}
            url = answer["next"]
        assert set(self.documents) == listed
        for path in set(Route.objects.values_list("path", flat=True)):
            response = self.get(f"/api/v1/resolve/?path={quote(path)}")
            kind = response.json().get("kind")
            assert (kind == "page") == (path in self.paths), path
            assert (kind == "redirect") == (path in self.redirects), path
            if kind == "redirect":
                assert self.redirects[path][0] == response.json()["location"], path


def fresh_mirror(host: str) -> Mirror:
    mirror = Mirror(host)
    mirror.follow()
    mirror.assert_complete()
    return mirror


@pytest.fixture
def sites(db, settings, monkeypatch):
    """Two sites with a few pages."""
    monkeypatch.setattr(consumers, "registered", {})
    settings.ALLOWED_HOSTS = ["*"]
    home = publishing.make_home()
    other_root = Page.objects.get(depth=1).add_child(instance=type(home)(title="Annen", slug="annen", live=True))
    other_root.save_revision().publish()
    Site.objects.create(hostname="annen.example.no", root_page=other_root)
    sections = [
        add(home, section("Nyheter", slug="nyheter")),
        add(home, section("Arkiv", slug="arkiv")),
        home,
        other_root,
    ]
    made = [add(sections[number % 2], news(f"Sak {number}", slug=f"sak-{number}")) for number in range(6)]
    made.append(add(home, plain("Kort", slug="kort", body=stream(cards(made[0], made[1])))))
    made.append(add(sections[0], section("Under", slug="under")))
    made.append(add(made[-1], plain("Dypt", slug="dypt")))
    work()
    return {"sections": sections, "made": made}


def edit(sites, chance):
    page = chance.choice(sites["made"])
    page.refresh_from_db()
    match chance.randrange(11):
        case 0:
            publish(page, title=f"Sak {chance.randrange(100)}")
        case 1 | 2:
            publish(page, slug=f"sak-{chance.randrange(8)}-{page.pk}")
        case 3:
            unpublish(page) if page.live else publish(page)
        case 4 | 5:
            move(page, chance.choice(sites["sections"]))
        case 6:
            restriction = PageViewRestriction.objects.filter(page_id=page.pk).first()
            if restriction:
                restriction.delete()
            else:
                PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
        case 7:
            old = f"/kort-{chance.randrange(3)}"
            if chance.random() < 0.3:
                Redirect.objects.filter(old_path=old).delete()
            else:
                Redirect.objects.update_or_create(old_path=old, site=None, defaults={"redirect_page": Page(pk=page.pk)})
        case 8:
            sites["made"].append(add(chance.choice(sites["sections"]), news(f"Ny {chance.randrange(100)}")))
        case 9:
            if len(sites["made"]) > 9:
                publishing.delete(sites["made"].pop())
        case _:
            about = SiteSettings.for_site(Site.objects.get(is_default_site=True))
            about.name = f"Nettsted {chance.randrange(100)}"
            about.save()


@pytest.mark.parametrize("seed", range(4))
def test_mirrors_end_with_what_the_api_has_wherever_they_were(sites, seed):
    chance = random.Random(seed)
    hosts = ("localhost", "annen.example.no")
    mirrors = [Mirror(host, limit) for host in hosts for limit in (1, 3, 100)]
    for _ in range(12):
        edit(sites, chance)
        work()
        chance.choice(mirrors).follow(pages=chance.randrange(1, 6))  # and stops in the middle of it
    fresh = {host: fresh_mirror(host) for host in hosts}
    for mirror in mirrors:
        mirror.follow()
        mirror.assert_equal(fresh[mirror.host])
        assert not mirror.started_over


@pytest.mark.parametrize("away", ["backup", "cut"])
def test_mirror_that_the_log_does_not_know_starts_over(sites, away):
    mirror = Mirror("localhost", 3)
    mirror.follow()
    unpublish(sites["made"][0])
    move(sites["made"][7], sites["sections"][1])
    work()
    if away == "backup":
        Projection.objects.update(epoch="restored")
    else:
        Change.objects.update(at=timezone.now() - timedelta(days=500))
        while housekeeping.cut_log():
            pass
    mirror.follow()
    mirror.assert_equal(fresh_mirror("localhost"))
    assert mirror.started_over == 1
