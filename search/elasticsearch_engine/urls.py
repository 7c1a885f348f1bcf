"""``http:`` and ``https:`` are Elasticsearch; the rest of the URL is in ``search.elasticsearch_engine.address``."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from search.contract import Engine
from search.elasticsearch_engine.address import parse
from search.elasticsearch_engine.engine import ElasticsearchEngine


def engine(url: str) -> Engine:
    return ElasticsearchEngine(parse(url))


@contextmanager
def throw_away(url: str) -> Iterator[Engine]:
    address = parse(url)
    made = ElasticsearchEngine(replace(address, prefix=f"{address.prefix}_{uuid.uuid4().hex[:8]}"))
    try:
        yield made
    finally:
        made.remove()
        made.close()
