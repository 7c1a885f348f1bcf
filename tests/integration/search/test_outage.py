"""A real Elasticsearch goes away behind the network and comes back: search answers all the while, nothing is lost.

FORMIDLE_OUTAGE_CHANGES=700 for the long form.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from dataclasses import replace

import pytest
from django.core.management import call_command

from cms.publishing import consumers, reads
from cms.publishing.models import Consumer as Row
from search import breaker, service
from search.consumer import IndexConsumer
from search.contract import EngineUnavailable, SearchQuery
from search.elasticsearch_engine import ElasticsearchEngine
from search.elasticsearch_engine.address import parse
from tests.integration.search.remote import Proxy
from tests.integration.search.test_consumer import SITE, follow, publish, remove

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHANGES = int(os.environ.get("FORMIDLE_OUTAGE_CHANGES", 70))
OPEN_S = 0.5


@pytest.fixture
def proxy(elasticsearch, settings, tmp_path, monkeypatch):
    """The network before the server that SEARCH_URL names, with the embedded engine standing by."""
    proxy = Proxy(int(elasticsearch.rpartition(":")[2]))
    engine = ElasticsearchEngine(parse(f"http://127.0.0.1:{proxy.port}/test_{uuid.uuid4().hex[:12]}?timeout=30"))
    settings.SEARCH_STANDBY, settings.FORMIDLE_DATA = "tantivy:", tmp_path
    service.standby.cache_clear()
    # slower than a visitor should have to wait, as the tests share their machine; the limit itself is tested elsewhere
    patient = breaker.Breaker(limit_s=10, open_s=OPEN_S)
    monkeypatch.setattr(service, "engine", lambda: engine)
    monkeypatch.setattr(service, "breaker", lambda: patient)
    yield proxy
    proxy.mode = "pass"
    engine.remove()
    service.standby().close()
    monkeypatch.undo()
    service.standby.cache_clear()
    proxy.close()


def test_changes_during_an_outage_of_elasticsearch_are_all_there_afterwards(proxy):
    primary = IndexConsumer(service.PRIMARY, lambda: service.engine())
    standby = IndexConsumer(service.STANDBY, lambda: service.engines()[service.STANDBY])
    for number in range(1, 11):
        publish(number, f"Side {number}")
    for each in (primary, standby):
        follow(each)
    answer = ask("side")
    assert (answer.total, answer.engine, answer.degraded) == (10, "elasticsearch", False)

    proxy.mode = "refuse"
    for number in range(11, CHANGES + 1):
        publish(number, f"Side under utfall {number}")
        if number % (CHANGES // 5) == 0:
            with pytest.raises(EngineUnavailable):
                consumers.follow(primary)
            follow(standby)
            assert ask("utfall").degraded
    for number in range(1, 6):
        publish(number, "Endret under utfall")
    for number in range(6, 11):
        remove(number)
    with pytest.raises(EngineUnavailable):
        consumers.follow(primary)
    assert "EngineUnavailable" in Row.objects.get(pk=service.PRIMARY).error
    follow(standby)
    answer = ask("utfall")
    assert (answer.total, answer.engine, answer.degraded) == (CHANGES - 5, "tantivy", True)

    proxy.mode = "pass"
    time.sleep(OPEN_S + 0.1)
    follow(primary)
    answer = ask("utfall")
    assert (answer.total, answer.engine, answer.degraded) == (CHANGES - 5, "elasticsearch", False)
    assert not primary.compare()
    assert not standby.compare()
    assert service.engine().versions() == reads.live_versions()


def test_status_asks_an_engine_that_keeps_silent_no_more_than_once(proxy, monkeypatch, capsys):
    engine = service.engine()
    assert isinstance(engine, ElasticsearchEngine)
    impatient = ElasticsearchEngine(replace(engine.address, timeout=0.5))
    monkeypatch.setattr(service, "engine", lambda: impatient)
    proxy.mode = "hang"
    began = time.monotonic()
    with pytest.raises(SystemExit):
        call_command("search", "status")
    assert time.monotonic() - began < 10
    assert json.loads(capsys.readouterr().out)["search"]["state"] == service.SILENT


def ask(text: str):
    return service.search(SearchQuery(SITE, text))
