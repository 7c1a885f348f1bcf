"""Elasticsearch answers as every engine does. One server for all tests, an index of its own for each."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from search.contract import build
from search.elasticsearch_engine import ElasticsearchEngine
from search.elasticsearch_engine.address import parse
from tests.integration.search.engine_suite import EngineSuite


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
