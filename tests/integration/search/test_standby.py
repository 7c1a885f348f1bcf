"""While the engine does not answer, the standby does; afterwards the engine catches up by itself."""

from __future__ import annotations

import time
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cms.api.freshness import BRIEF_S
from cms.publishing import auditor, consumers
from cms.publishing.models import Consumer as Row
from cms.publishing.models import Parked, PublishedSite
from search import breaker, service
from search.checks import check_standby
from search.consumer import IndexConsumer
from search.contract import EngineUnavailable, SearchQuery
from search.tantivy_engine import TantivyEngine
from tests.integration.search.remote import Proxy, RemoteEngine, Server
from tests.integration.search.test_consumer import SITE, follow, publish, remove

pytestmark = pytest.mark.django_db
LIMIT_S = 1.0
OPEN_S = 1.0


class Two:
    """An engine behind a proxy, and the embedded one that stands by for it, each with its consumer."""

    def __init__(self) -> None:
        self.server = Server(TantivyEngine())
        self.proxy = Proxy(self.server.port)
        self.web = RemoteEngine(self.proxy.port, 30)
        self.worker = RemoteEngine(self.proxy.port, 30)
        self.primary = IndexConsumer(service.PRIMARY, lambda: self.worker)
        self.standby = IndexConsumer(service.STANDBY, lambda: service.engines()[service.STANDBY])

    def follow(self) -> None:
        for each in (self.primary, self.standby):
            follow(each)

    def close(self) -> None:
        self.proxy.close()
        self.server.close()


@pytest.fixture
def two(settings, tmp_path, monkeypatch):
    """Three pages in both."""
    settings.SEARCH_STANDBY = "tantivy:"
    settings.FORMIDLE_DATA = tmp_path
    made = Two()
    monkeypatch.setattr(service, "engine", lambda: made.web)
    short = breaker.Breaker(limit_s=LIMIT_S, open_s=OPEN_S)
    monkeypatch.setattr(service, "breaker", lambda: short)
    service.standby.cache_clear()
    PublishedSite.objects.create(
        pk=SITE, hostname="x", port=80, is_default=True, name="", navigation=b"", settings=b"{}"
    )
    for number in range(1, 4):
        publish(number, f"Side {number}")
    made.follow()
    standby = service.standby()
    yield made
    standby.close()
    monkeypatch.undo()
    service.standby.cache_clear()
    made.close()


def ask(text: str = "side"):
    return service.search(SearchQuery(SITE, text))


def test_engine_answers_while_it_can(two):
    answer = ask()
    assert (answer.total, answer.engine, answer.degraded) == (3, "remote", False)
    found = service.suggest(SITE, "sid")
    assert (len(found.pages), found.engine, found.degraded) == (3, "remote", False)


@pytest.mark.parametrize("mode", ["refuse", "hang"])
def test_standby_answers_within_the_limit_and_soon_at_once(two, mode):
    two.proxy.mode = mode
    answer = ask()
    assert (answer.total, answer.engine, answer.degraded) == (3, "tantivy", True)
    suggested = service.suggest(SITE, "sid")
    assert (len(suggested.pages), suggested.engine, suggested.degraded) == (3, "tantivy", True)
    ask()
    began = time.monotonic()
    for _ in range(5):
        assert ask().degraded
    assert time.monotonic() - began < LIMIT_S, "the breaker is open: nobody waits"
    two.proxy.mode = "pass"
    time.sleep(OPEN_S + 0.05)
    assert not ask().degraded


def test_without_a_standby_search_is_unavailable_and_nothing_else(two, client, monkeypatch):
    monkeypatch.setattr(service, "standby", lambda: None)
    two.proxy.mode = "refuse"
    with pytest.raises(EngineUnavailable):
        ask()
    for url in ("/api/v1/search/?q=side", "/api/v1/search/suggest/?q=sid"):
        response = client.get(url)
        assert response.status_code == 503
        assert response.json()["type"] == "/api/v1/docs/problems/search-unavailable/"
    assert client.get("/api/v1/content/").status_code == 200
    assert client.get("/readyz/").json()["checks"]["search"] == "the engine does not answer"


def test_what_the_standby_answered_is_not_kept_for_long(two, client, settings):
    settings.CACHE_SHARED_MAX_AGE = 86400
    assert "s-maxage=86400" in client.get("/api/v1/search/suggest/?q=sid")["Cache-Control"]
    two.proxy.mode = "refuse"
    for url in ("/api/v1/search/?q=side", "/api/v1/search/suggest/?q=sid"):
        assert int(client.get(url)["Cache-Control"].partition("s-maxage=")[2]) <= BRIEF_S


def test_api_readiness_and_metrics_tell_about_both(two, client):
    two.proxy.mode = "refuse"
    found = client.get("/api/v1/search/?q=side").json()
    assert (found["engine"], found["degraded"], found["total"]) == ("tantivy", True, 3)
    found = client.get("/api/v1/search/suggest/?q=sid").json()
    assert (found["engine"], found["degraded"]) == ("tantivy", True)
    ready = client.get("/readyz/")
    assert ready.status_code == 200
    assert ready.json()["checks"]["search"] == "ok"
    assert ready.json()["indexes"] == {"search": "the engine does not answer", "search-standby": "ok"}
    lines = Client().get("/metrics").content.decode()
    assert 'formidle_search_up{index="search"} 0.0' in lines
    assert 'formidle_search_up{index="search-standby"} 1.0' in lines
    assert 'formidle_search_documents{index="search-standby"} 3.0' in lines
    assert "formidle_search_breaker_open 1.0" in lines


def test_changes_during_an_outage_are_all_there_afterwards(two):
    two.proxy.mode = "refuse"
    numbers = count(4)
    for _ in range(40):
        publish(next(numbers), "Side under utfall")
    publish(1, "Endret under utfall")
    remove(2)
    with pytest.raises(EngineUnavailable):
        consumers.follow(two.primary)
    assert "EngineUnavailable" in Row.objects.get(pk="search").error
    follow(two.standby)
    assert ask("utfall").total == 41
    assert ask("utfall").degraded
    two.proxy.mode = "pass"
    time.sleep(OPEN_S + 0.05)
    follow(two.primary)
    assert Row.objects.get(pk="search").error == ""
    assert not two.primary.compare()
    assert not two.standby.compare()
    answer = ask("utfall")
    assert (answer.total, answer.degraded) == (41, False)


def test_publishing_is_audited_while_the_engine_is_away(two, monkeypatch, caplog):
    monkeypatch.setattr(consumers, "registered", {each.name: each for each in (two.primary, two.standby)})
    two.proxy.mode = "refuse"
    service.engines()[service.STANDBY].write([], {3: 9})
    auditor.mend()
    assert "search is not compared" in caplog.text
    assert list(Parked.objects.values_list("consumer", "document_id")) == [("search-standby", 3)]
    with pytest.raises(CommandError, match="Nothing can be said now"):
        call_command("documents", "check")


def test_outage_in_the_middle_of_a_rebuild(two, monkeypatch):
    monkeypatch.setattr("search.rebuild.BATCH", 1)
    consumers.ask("search", "rebuild")
    consumers.follow(two.primary)
    consumers.follow(two.primary)
    two.proxy.mode = "hang"
    two.worker.patience_s = 0.5
    publish(4, "Side 4")
    with pytest.raises(EngineUnavailable):
        consumers.follow(two.primary)
    two.proxy.mode = "pass"
    two.worker.patience_s = 30
    follow(two.primary)
    assert not two.primary.compare()
    assert two.web.candidate() is None


@pytest.mark.parametrize("url", ["tantivy:", "http://127.0.0.1:9200", "nonsense:"])
def test_nonsense_is_refused(settings, url):
    settings.SEARCH_URL, settings.SEARCH_STANDBY = "tantivy:", url
    service.standby.cache_clear()
    [error] = check_standby(None)
    assert error.id == "search.E003"
    assert "SEARCH_STANDBY" in str(error)
    service.standby.cache_clear()
