"""A node of three dies while the index is searched and written: nobody notices."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator

import pytest

from search.contract import Engine, EngineUnavailable, SearchQuery, build
from search.elasticsearch_engine import ElasticsearchEngine
from search.elasticsearch_engine.address import parse
from tests import elasticsearch
from tests.conftest import require_elasticsearch
from tests.integration.search.engine_suite import SITE, document

pytestmark = [pytest.mark.slow, pytest.mark.services]

DOCUMENTS = 60
PATIENCE = 60


@pytest.fixture
def cluster() -> Iterator[elasticsearch.Cluster]:
    require_elasticsearch()
    with elasticsearch.cluster(nodes=3) as made:
        yield made


class Writer(threading.Thread):
    """Publishes new versions, one batch after another; tries again as the worker does."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self.versions = dict.fromkeys(range(1, DOCUMENTS + 1), 1)
        self.batches = 0
        self._engine = engine
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            batch = range(1 + self.batches % 6, DOCUMENTS + 1, 6)
            documents = [document(id_, "Folkemøte", version=self.versions[id_] + 1) for id_ in batch]
            while True:
                try:
                    written = self._engine.write(documents)
                    break
                except EngineUnavailable:
                    time.sleep(0.1)
            assert not written.outdated
            assert not written.failed
            self.versions |= {each.id: each.version for each in documents}
            self.batches += 1

    def end(self) -> None:
        self._ended.set()
        self.join(PATIENCE)
        assert not self.is_alive()


class Searcher(threading.Thread):
    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self.answers: list[int] = []
        self.errors: list[Exception] = []
        self._engine = engine
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                self.answers.append(self._engine.search(SearchQuery(SITE, "folkemøte", facets=("type",))).total)
            except Exception as error:
                self.errors.append(error)

    def end(self) -> None:
        self._ended.set()
        self.join(PATIENCE)
        assert not self.is_alive()


def until(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def test_a_killed_node_costs_no_search_and_no_document(cluster):
    engine = ElasticsearchEngine(parse(cluster.url(shards="3", replicas="1", timeout="30")))
    build(engine, [[document(id_, "Folkemøte") for id_ in range(1, DOCUMENTS + 1)]])
    cluster.wait(3)
    writer, searcher = Writer(engine), Searcher(engine)
    writer.start()
    searcher.start()
    until(lambda: writer.batches > 2 and len(searcher.answers) > 2, "nothing was written or found")
    cluster.nodes[0].stop(signal.SIGKILL)
    written, answered = writer.batches, len(searcher.answers)
    until(lambda: writer.batches > written + 10 and len(searcher.answers) > answered + 20, "nothing goes on")
    writer.end()
    searcher.end()
    assert searcher.errors == []
    assert set(searcher.answers) == {DOCUMENTS}
    assert engine.versions() == writer.versions
