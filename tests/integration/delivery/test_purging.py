"""Purges: after them a cache before the site answers as the site does, and still has what did not change."""

from __future__ import annotations

import random
from io import StringIO
from urllib.parse import quote

import orjson
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.delivery.purging import index_lag
from cms.delivery.purging import listener as purging
from cms.delivery.purging.targets import PurgeFailed
from cms.publishing import consumers, listeners, reads
from cms.publishing.models import Consumer, Document
from search import service
from search.consumer import IndexConsumer
from search.desk import stored
from search.models import Synonym
from tests.integration.delivery.cdn import Cdn, live
from tests.integration.publishing.site import (
    add,
    cards,
    delete,
    draft,
    event,
    link_text,
    listing,
    move,
    news,
    plain,
    publish,
    related,
    section,
    showcase,
    stream,
    unpublish,
    work,
)

SEEDS = range(2)


@pytest.fixture
def cdn(settings):
    with Cdn() as running:
        settings.PURGE_KIND, settings.PURGE_URLS = "http", [f"{running.url}/"]
        settings.PURGE_AGAIN_SECONDS = 0
        yield running


@pytest.fixture
def index(settings):
    settings.SEARCH_URL = "memory:"
    service.engine.cache_clear()
    consumer = IndexConsumer()
    consumer.prepare()
    yield consumer
    consumer.close()
    service.engine.cache_clear()


@pytest.fixture
def pages(home):
    """Pages that show each other in every way."""
    first, second = add(home, section("Nyheter", slug="nyheter")), add(home, section("Arkiv", slug="arkiv"))
    shown = add(home, showcase("Prosjektet", slug="prosjektet"))
    made = [shown, *(add(first, news(f"Sak {number}", slug=f"sak-{number}")) for number in range(4))]
    made += [
        add(second, event("Møte", slug="mote", related=related(shown))),
        add(home, plain("Kort", slug="kort", body=stream(cards(*made[:3])))),
        add(home, plain("Lenker", slug="lenker", body=stream(link_text(*made[1:4])))),
        add(home, plain("Liste", slug="liste", body=stream(listing("news-article")))),
    ]
    work()
    return {"home": home, "first": first, "second": second, "made": made}


def settle(index=None):
    """Projector, search, purges."""
    work()
    if index:
        while consumers.follow(index):
            pass
    for each in purging.listeners():
        while listeners.listen(each):
            pass


def urls_of_site():
    ids = list(Document.objects.values_list("pk", flat=True))
    paths = sorted({*Document.objects.values_list("path", flat=True), "/nei/", "/gammel-adresse/"})
    return (
        [f"/api/v1/content/{each}/" for each in [*ids, 999_999]]
        + [f"/api/v1/resolve/?path={quote(path)}" for path in paths]
        + [f"/api/v1/{plural}/" for plural in ("news", "events", "showcases", "pages", "sections", "content", "search")]
        + [
            "/api/v1/content/?under=/nyheter/",
            "/api/v1/content/?type=event,news-article",
            f"/api/v1/content/?ids={ids[0]},{ids[-1]}",
        ]
        + ["/api/v1/search/?q=sak", "/api/v1/search/suggest/?q=s", "/api/v1/navigation/", "/api/v1/site/"]
        + ["/feeds/all.atom", "/feeds/news.json", "/feeds/all.json?under=/nyheter/", "/sitemap.xml", "/llms.txt"]
        + ["/calendar/events.ics", *(f"/calendar/events/{each}.ics" for each in ids)]
    )


def edit(pages, chance):
    """Something that an editor does."""
    page = chance.choice(pages["made"])
    page.refresh_from_db()
    match chance.randrange(10):
        case 0 | 1:
            publish(page, title=f"{page.title.split(' (')[0]} ({chance.randrange(100)})")
        case 2:
            publish(page, slug=f"{page.slug.split('-x')[0]}-x{chance.randrange(100)}")
        case 3:
            unpublish(page) if page.live else publish(page)
        case 4:
            move(page, chance.choice([pages["first"], pages["second"], pages["home"]]))
        case 5:
            draft(page, title="Bare et utkast")
        case 6:
            pages["made"].append(add(pages["first"], news(f"Ny {chance.randrange(100)}")))
        case 7 if len(pages["made"]) > 9:  # one that no card shows: that would have to be mended first
            delete(pages["made"].pop())
        case 8:
            restriction = PageViewRestriction.objects.filter(page_id=page.pk).first()
            if restriction:
                restriction.delete()
            else:
                PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
        case _:
            Redirect.objects.update_or_create(old_path="/gammel-adresse", defaults={"redirect_page": Page(pk=page.pk)})


@pytest.mark.parametrize("seed", SEEDS)
def test_after_a_purge_the_cache_answers_as_the_site_does(pages, cdn, index, seed):
    chance = random.Random(seed)
    settle(index)
    for _ in range(8):
        for url in urls_of_site():
            cdn.get(url)
        before = dict(cdn.kept)
        cdn.purged.clear()
        for _ in range(chance.randrange(1, 4)):
            edit(pages, chance)
        settle(index)
        for url, answer in cdn.kept.items():
            assert answer == live(url), url
        for url in cdn.purged:
            if url.startswith("/api/v1/content/") and "?" not in url:
                assert live(url) != before[url], f"{url} was purged and has not changed"


def test_takedown_is_purged(pages, cdn):
    settle()
    page = pages["made"][1]
    url, path = f"/api/v1/content/{page.pk}/", f"/api/v1/resolve/?path=/nyheter/{page.slug}"
    assert cdn.get(url).status == cdn.get(path).status == 200
    unpublish(page)
    settle()
    assert cdn.get(url).status == cdn.get(path).status == 410
    publish(page)
    settle()
    assert cdn.get(url).status == cdn.get(path).status == 200


def test_renamed_page_purges_exactly_the_documents_that_show_it(pages, cdn):
    settle()
    urls = [f"/api/v1/content/{each}/" for each in Document.objects.values_list("pk", flat=True)]
    before = {url: cdn.get(url).etag for url in urls}
    cdn.purged.clear()
    publish(pages["made"][0], title="Et nytt navn")
    settle()
    assert cdn.purged == {url for url in urls if live(url).etag != before[url]}
    assert 1 < len(cdn.purged) < len(urls)


def test_cache_that_is_away_gets_its_purges_later(pages, cdn):
    settle()
    url = f"/api/v1/content/{pages['made'][0].pk}/"
    old = cdn.get(url)
    cdn.broken = 503
    publish(pages["made"][0], title="Nytt")
    with pytest.raises(PurgeFailed, match="503"):
        settle()
    (name,) = listeners.current()
    assert "503" in Consumer.objects.get(name=name).error
    assert consumers.lag(name) > 0
    cdn.broken = 0
    settle()
    assert cdn.get(url) != old
    assert Consumer.objects.get(name=name).error == ""
    assert consumers.lag(name) == 0


def test_cache_that_is_new_or_lost_its_place_forgets_everything(pages, cdn):
    url = f"/api/v1/content/{pages['home'].pk}/"
    cdn.get(url)
    settle()
    assert url not in cdn.kept
    cdn.get(url)
    Consumer.objects.update(epoch="restored")
    settle()
    assert url not in cdn.kept


def test_second_purge_ends_what_came_late(pages, cdn, settings):
    settings.PURGE_AGAIN_SECONDS = 1
    settle()
    page = pages["made"][0]
    url = f"/api/v1/content/{page.pk}/"
    late = live(url)
    publish(page, title="Nytt")
    settle()
    cdn.kept[url] = late  # an answer made before the change, that was still on its way
    settle()
    assert cdn.kept[url] == late
    changes = reads.log(0, 1000)
    again = purging.PurgeListener(purging.configured()[0], 0.001)
    assert again.take(changes) == len(changes)
    assert url not in cdn.kept


def test_changed_rule_of_the_search_desk_purges_searches_alone(pages, cdn, index, monkeypatch):
    monkeypatch.setattr(stored, "FRESH_SECONDS", 0)
    settle()
    search, page = "/api/v1/search/?q=referat", f"/api/v1/content/{pages['home'].pk}/"
    listener = purging.PurgeListener(purging.configured()[0])
    cdn.get(search), cdn.get(page)
    assert listener.deliver(None) == 0, "there has never been a rule"
    Synonym.objects.create(word="referat", others="møtebok")
    cdn.broken = 503
    with pytest.raises(PurgeFailed):
        listener.deliver(None)
    cdn.broken = 0
    assert (listener.deliver(None), listener.deliver(None)) == (1, 0)
    assert cdn.purged == {search}
    cdn.get(search)
    cdn.purged.clear()
    purging.PurgeListener(purging.configured()[0]).deliver(None)
    assert cdn.purged == {search}, "the worker may have ended before it purged"


def test_what_an_index_answered_while_it_was_behind_is_purged_once_it_has_followed(pages, cdn, index, monkeypatch):
    monkeypatch.setattr(index_lag, "LOOKS_SECONDS", 0)
    monkeypatch.setitem(consumers.registered, index.name, index)
    settle(index)
    listener = purging.PurgeListener(purging.configured()[0])

    def looks():
        return sum(listeners.listen(listener) for _ in range(4))

    looks()
    assert looks() == 0
    search, suggest, page = (
        "/api/v1/search/?q=brua",
        "/api/v1/search/suggest/?q=brua",
        f"/api/v1/content/{pages['home'].pk}/",
    )
    publish(pages["made"][1], title="Brua over elva")
    work()
    looks()
    before = [cdn.get(each).body for each in (search, suggest, page)]
    cdn.purged.clear()
    assert looks() == 0, "the index has not followed"
    while consumers.follow(index):
        pass
    assert looks()
    assert cdn.purged == {search, suggest}
    assert [cdn.get(each).body == old for each, old in zip((search, suggest, page), before, strict=True)] == [
        False,
        False,
        True,
    ]
    assert looks() == 0


@pytest.mark.parametrize("kind", ["fastly", "cloudflare"])
def test_caches_that_are_rented(pages, cdn, settings, kind):
    settings.PURGE_KIND, settings.PURGE_TOKEN = kind, "hemmelig"
    settings.PURGE_URLS = [cdn.url + {"fastly": "/service/x/purge", "cloudflare": "/zones/x/purge_cache"}[kind]]
    settle()
    url = f"/api/v1/content/{pages['made'][0].pk}/"
    old = cdn.get(url)
    publish(pages["made"][0], title="Nytt")
    settle()
    assert cdn.get(url) == live(url) != old
    secret = {"fastly": ("fastly-key", "hemmelig"), "cloudflare": ("authorization", "Bearer hemmelig")}[kind]
    assert all(secret in headers.items() for _, _, headers, _ in cdn.requests)
    if kind == "cloudflare":
        assert all(len(orjson.loads(body).get("tags", [])) <= 30 for *_, body in cdn.requests)


def test_wagtails_backends_purge_by_url(pages, cdn, settings):
    settings.PURGE_KIND = ""
    settings.WAGTAILFRONTENDCACHE = {
        "varnish": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": cdn.url}
    }
    settle()
    page = pages["made"][1]
    urls = [
        f"/api/v1/content/{page.pk}/",
        f"/api/v1/resolve/?path=/nyheter/{page.slug}/",
        "/api/v1/news/",
        "/sitemap.xml",
    ]
    before = {url: cdn.get(url) for url in urls}
    unpublish(page)
    settle()
    assert all(cdn.get(url) == live(url) for url in urls)
    assert cdn.get(urls[0]) != before[urls[0]]
    cdn.broken = 500
    publish(page)
    with pytest.raises(PurgeFailed, match="500"):
        settle()


def test_command_purges_by_hand(pages, cdn):
    settle()
    urls = ["/api/v1/navigation/", "/api/v1/site/"]
    for url in urls:
        cdn.get(url)
    call_command("purge", "navigation", stdout=StringIO())
    assert cdn.purged >= {urls[0]}
    assert urls[1] in cdn.kept
    call_command("purge", "--all", stdout=StringIO())
    assert not cdn.kept
    cdn.broken = 500
    with pytest.raises(CommandError, match="500"):
        call_command("purge", "--all")
