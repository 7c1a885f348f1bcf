"""Elasticsearch answers as every engine does. One server for all tests, an index of its own for each."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from search import analysis, embedding
from search.contract import EngineUnavailable, IndexMissing, SearchQuery, build
from search.elasticsearch_engine import ElasticsearchEngine, schema
from search.elasticsearch_engine.address import parse
from tests.elasticsearch import free_port
from tests.integration.search.engine_suite import SITE, EngineSuite, MeaningSuite, document
from tests.integration.search.remote import Proxy


@pytest.fixture
def url(elasticsearch) -> str:
    """A SEARCH_URL that no other test has."""
    return f"http://{elasticsearch}/test_{uuid.uuid4().hex[:12]}?timeout=30"


@pytest.fixture
def engine(url) -> Iterator[ElasticsearchEngine]:
    made = ElasticsearchEngine(parse(url))
    build(made, [])
    yield made
    made.remove()


class TestElasticsearch(EngineSuite):
    """Fixture ``engine``: one shard."""


class TestMeaning(MeaningSuite):
    """Fixture ``engine`` again."""

    def test_of_another_embedder_an_index_answers_by_words_until_there_is_a_new_one(self, engine, monkeypatch):
        monkeypatch.setattr(embedding.embedder(), "version", "next")
        self.moves_on(ElasticsearchEngine(engine.address))


def test_no_index_is_an_error_and_not_an_empty_answer(url):
    engine = ElasticsearchEngine(parse(url))
    assert not engine.is_current()
    for ask in (lambda: engine.search(SearchQuery(SITE)), lambda: engine.write([document(1)]), engine.state):
        with pytest.raises(IndexMissing):
            ask()


def test_how_an_index_is_takes_no_longer_to_tell_than_a_visitor_waits(elasticsearch, engine):
    proxy = Proxy(int(elasticsearch.rpartition(":")[2]))
    asked = ElasticsearchEngine(replace(engine.address, hosts=(f"http://127.0.0.1:{proxy.port}",), timeout=0.5))
    proxy.mode = "hang"
    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        asked.state()
    assert time.monotonic() - began < 10
    proxy.close()


def test_server_that_does_not_answer_is_unavailable():
    engine = ElasticsearchEngine(parse(f"http://127.0.0.1:{free_port()}/"))
    for ask in (lambda: engine.search(SearchQuery(SITE)), lambda: engine.write([document(1)]), engine.is_current):
        with pytest.raises(EngineUnavailable):
            ask()


def test_another_process_sees_a_write_at_once(engine, url):
    other = ElasticsearchEngine(parse(url))
    engine.write([document(1, "Folkemøte")])
    assert [hit.id for hit in other.search(SearchQuery(SITE, "folkemøte")).hits] == [1]


def test_index_of_other_analysis_answers_until_there_is_a_new_one(engine, monkeypatch):
    engine.write([document(1)])
    monkeypatch.setattr(analysis, "VERSION", "next")
    assert not engine.is_current()
    assert engine.versions() == {1: 1}
    build(engine, [[document(2)]])
    assert engine.is_current()
    assert engine.versions() == {2: 1}


def test_index_of_other_fields_cannot_be_read_and_is_kept_until_there_is_a_new_one(engine, monkeypatch):
    engine.write([document(1)])
    with monkeypatch.context() as later:
        later.setattr(schema, "fields_hash", lambda: "0" * 12)
        newer = ElasticsearchEngine(engine.address)
        with pytest.raises(IndexMissing):
            newer.versions()
        newer.begin()
        newer.fill([document(2)])
    assert engine.versions() == {1: 1}


def test_installations_in_one_cluster_are_apart(engine):
    other = ElasticsearchEngine(replace(engine.address, prefix=f"{engine.address.prefix}_2"))
    build(other, [[document(1)]])
    engine.remove()
    assert other.versions() == {1: 1}
    other.remove()


def test_of_those_who_write_at_once_the_newest_wins(engine):
    def write(version: int) -> None:
        engine.write([document(1, version=version)] if version % 2 else [], {1: version})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, random.Random(1).sample(range(1, 42), 41)))
    assert engine.versions() == {1: 41}
    engine.write([], {1: 42})
    assert engine.write([document(1, version=41)]).outdated == {1}
    assert engine.versions() == {}
