"""Both engines give the same answers about the same documents: the demo site's, in one shard and in three."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from search import analysis
from search.contract import Engine, Passage, SearchDocument, SearchQuery, build
from search.elasticsearch_engine import ElasticsearchEngine
from search.elasticsearch_engine.address import parse
from search.tantivy_engine import TantivyEngine
from tests.vectors import vectors

SITE = 1
DEMO = Path(__file__).resolve().parents[3] / "demo" / "content.json"
PACKAGE: dict[str, Any] = json.loads(DEMO.read_text())
FACETS = ("type", "topic", "municipality", "year")


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from strings(each)
        case dict():
            for each in value.values():
                yield from strings(each)


def documents() -> list[SearchDocument]:
    found = []
    for number, page in enumerate(PACKAGE["pages"], 1):
        day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number % 40)
        found.append(
            SearchDocument(
                id=number,
                version=1,
                site=SITE,
                type=page["type"],
                language=page.get("language") or "nb",
                path=f"/{number}/",
                title=page["title"],
                sort_title=page["title"].casefold(),
                passages=tuple(Passage("body", text) for text in strings(page) if len(text) > 30),
                keys={
                    "type": (page["type"],),
                    "topic": tuple(map(str, page.get("topics") or ())),
                    "municipality": tuple(map(str, page.get("municipalities") or ())),
                    "year": (str(2020 + number % 5),),
                },
                published=day,
                starts=day,
                ends=day + timedelta(days=number % 3),
                timed=page["type"] == "event",
            )
        )
    return found


DOCUMENTS = documents()


def queries() -> list[str]:
    """Titles, pairs of words, words with a letter too few, phrases: always the same."""
    chance = random.Random(5)
    titles = [each.title for each in DOCUMENTS]
    words = sorted({word for title in titles for word in analysis.words(title) if len(word) > 5})
    pairs = [" ".join(chance.sample(words, 2)) for _ in range(12)]
    slips = [word[:3] + word[4:] for word in chance.sample(words, 12)]
    phrases = [f'"{" ".join(analysis.words(title)[:2])}"' for title in chance.sample(titles, 5)]
    return [*chance.sample(titles, 8), *chance.sample(words, 12), *pairs, *slips, *phrases, "-kommune", "finnesikke"]


@pytest.fixture(scope="module")
def embedded() -> Engine:
    engine = TantivyEngine()
    build(engine, [DOCUMENTS])
    return engine


@pytest.fixture(scope="module", params=[1, 3], ids=["one shard", "three shards"])
def other(request, elasticsearch) -> Iterator[Engine]:
    name = f"agree_{uuid.uuid4().hex[:12]}"
    engine = ElasticsearchEngine(parse(f"http://{elasticsearch}/{name}?timeout=30&shards={request.param}"))
    assert build(engine, [DOCUMENTS]) == {}
    yield engine
    engine.remove()


def same(embedded: Engine, other: Engine, texts: list[str], **options: Any) -> None:
    for text in texts:
        query = SearchQuery(SITE, text, limit=10, facets=FACETS, now=datetime(2024, 3, 1, tzinfo=UTC), **options)
        expected, found = embedded.search(query), other.search(query)
        assert [hit.id for hit in found.hits] == [hit.id for hit in expected.hits], text
        for ours, theirs in zip(found.hits, expected.hits, strict=True):
            assert ours.score == pytest.approx(theirs.score, abs=2e-4), text
        assert [hit.highlight for hit in found.hits] == [hit.highlight for hit in expected.hits], text
        assert replace(found, hits=(), engine="") == replace(expected, hits=(), engine=""), text


def test_answers(embedded, other):
    same(embedded, other, queries())


def test_filters_orders_and_recency(embedded, other):
    some = queries()[::9]
    same(embedded, other, some, keys=(("type", ("event",)),))
    same(embedded, other, some, order="title", offset=3)
    same(embedded, other, some, recency=0.2)


@pytest.fixture(scope="module")
def with_vectors(elasticsearch) -> Iterator[tuple[Engine, Engine]]:
    few = [replace(each, passages=each.passages[:1]) for each in DOCUMENTS[:15]]
    with vectors():
        engines = TantivyEngine(), ElasticsearchEngine(parse(f"http://{elasticsearch}/agree_meaning?timeout=30"))
        for engine in engines:
            assert build(engine, [few]) == {}
        yield engines
        engines[1].remove()


def test_answers_by_meaning(with_vectors):
    ours, theirs = with_vectors
    same(ours, theirs, queries()[::3])
    titles = [each.title for each in DOCUMENTS[:15:3]]
    same(ours, theirs, titles)
    assert any(ours.explain(SearchQuery(SITE, title), 1).meaning for title in titles)


def test_similar_pages(embedded, other):
    for document in DOCUMENTS[::5]:
        query = SearchQuery(SITE, similar_to=document.id, limit=5)
        assert [hit.id for hit in other.search(query).hits] == [hit.id for hit in embedded.search(query).hits]


def test_suggestions(embedded, other):
    for text in queries()[::4]:
        for typed in (text[:2], text[:5], text):
            assert other.suggest(SITE, typed, 8) == embedded.suggest(SITE, typed, 8), typed
