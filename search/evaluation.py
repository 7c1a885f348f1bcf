"""How good an engine's answers are: nDCG, MRR and recall of the first ten, with one grade of relevance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from search.contract import Generation, Passage, SearchDocument, SearchQuery

DEPTH = 10
ASKED = 100
"""Results fetched, so that ten are left where a query has documents to be ignored."""
SITE = 1
BATCH = 500
DATE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the ids of its relevant documents; those of ``ignore`` are dropped from the answer first."""

    qid: str
    set: str
    query: str
    relevant: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the queries of a set that have relevant documents; from 0 to 1."""

    queries: int
    ndcg: float
    mrr: float
    recall: float


@dataclass(slots=True)
class Collection:
    """Documents by any ids, as an engine takes them: by number."""

    ids: list[str] = field(default_factory=list)

    def documents(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[list[SearchDocument]]:
        """``rows``: {id, lang, title, body}; the body's lines are its passages."""
        batch: list[SearchDocument] = []
        for row in rows:
            self.ids.append(str(row["id"]))
            batch.append(_document(len(self.ids), row))
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def ask(self, engine: Generation, text: str, ignore: int = 0) -> list[str]:
        """Ids of the best documents; at most ``ignore`` more than needed."""
        found: list[str] = []
        wanted = DEPTH + ignore
        while len(found) < wanted:
            limit = min(ASKED, wanted - len(found))
            hits = engine.search(SearchQuery(site=SITE, text=text, limit=limit, offset=len(found))).hits
            found += [self.ids[hit.id - 1] for hit in hits]
            if len(hits) < limit:
                break
        return found


def _document(number: int, row: Mapping[str, Any]) -> SearchDocument:
    title = str(row.get("title") or "")
    lines = [line for line in str(row.get("body") or "").split("\n") if line.strip()]
    return SearchDocument(
        id=number,
        version=1,
        site=SITE,
        type="document",
        language=str(row.get("lang") or "nb"),
        path=f"/{number}/",
        title=title,
        sort_title=title.casefold(),
        passages=tuple(Passage("body", line) for line in lines),
        keys={},
        published=DATE,
        starts=DATE,
        ends=DATE,
    )


def judged(row: Mapping[str, Any]) -> Judged:
    """A line of a query file: {qid, query, set, rel, ignore}; the last three may be missing."""
    return Judged(
        str(row["qid"]),
        str(row.get("set") or "all"),
        str(row["query"]),
        frozenset(map(str, row.get("rel") or ())),
        frozenset(map(str, row.get("ignore") or ())),
    )


def scores(queries: Iterable[Judged], run: Mapping[str, Sequence[str]]) -> dict[str, Score]:
    """Set → score. ``run``: qid → ids, the best first."""
    sets: dict[str, list[Judged]] = {}
    for query in queries:
        if query.relevant:
            sets.setdefault(query.set, []).append(query)
    return {name: _mean([_one(each, run.get(each.qid, ())) for each in members]) for name, members in sets.items()}


def _one(query: Judged, answer: Sequence[str]) -> Score:
    counted = [each for each in dict.fromkeys(answer) if each in query.relevant or each not in query.ignore][:DEPTH]
    places = [place for place, each in enumerate(counted) if each in query.relevant]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(DEPTH, len(query.relevant))))
    return Score(
        queries=1,
        ndcg=sum(1 / math.log2(place + 2) for place in places) / ideal,
        mrr=1 / (places[0] + 1) if places else 0.0,
        recall=len(places) / len(query.relevant),
    )


def _mean(found: Sequence[Score]) -> Score:
    count = len(found)
    return Score(
        queries=count,
        ndcg=sum(each.ndcg for each in found) / count,
        mrr=sum(each.mrr for each in found) / count,
        recall=sum(each.recall for each in found) / count,
    )
