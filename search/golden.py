"""Questions whose answers are known: how good a generation of the index is, measured on them.

Our own are about the demo content (``golden.jsonl``), an operator's are in the file that SEARCH_GOLDEN names. A line:
``{"query": "barnehagane", "paths": ["/nyheter/ny-barnehage/"], "set": "nynorsk", "site": "www.example.no"}``; without
``site`` it is of the default one.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.publishing import reads
from cms.publishing.models import Document
from search import evaluation
from search.contract import Generation, SearchQuery
from search.evaluation import DEPTH, Judged, Score

logger = logging.getLogger(__name__)

DEMO = Path(__file__).parent / "golden.jsonl"


class FaultyLine(ValueError):
    """A line that cannot be used: which file, which line, why."""


@dataclass(frozen=True, slots=True)
class Golden:
    """``paths``: the pages that are wanted. ``site``: a host name, or "" for the default site."""

    query: str
    paths: tuple[str, ...]
    set: str = "all"
    site: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A golden query whose pages are there."""

    site: int
    judged: Judged

    @property
    def key(self) -> str:
        return self.judged.qid


def files() -> list[Path]:
    return [DEMO, *([Path(settings.SEARCH_GOLDEN)] if settings.SEARCH_GOLDEN else [])]


def load(path: Path) -> Iterator[Golden]:
    """Raises FaultyLine, OSError."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _golden(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise FaultyLine(f"{path}, line {number}: {error!r}") from error


def questions(indexed: Iterable[int] | None = None) -> list[Question]:
    """Those golden queries whose pages are all published, and among ``indexed`` if it is given."""
    golden = [each for path in files() for each in _readable(path)]
    there = None if indexed is None else set(indexed)
    pages = Document.objects.filter(path__in={path for each in golden for path in each.paths}, removed_at=None)
    found_pages = pages.values_list("site_id", "path", "pk")
    ids = {(site, path): id_ for site, path, id_ in found_pages if there is None or id_ in there}
    if not ids:
        return []
    sites = {name: _site(name) for name in {each.site for each in golden}}
    found = {}
    for each in golden:
        site = sites[each.site]
        if site is not None and all((site, path) in ids for path in each.paths):
            key = f"{site} {each.query}"
            relevant = frozenset(str(ids[site, path]) for path in each.paths)
            found[key] = Question(site, Judged(key, each.set, each.query, relevant))
    return list(found.values())


def _readable(path: Path) -> list[Golden]:
    try:
        return list(load(path))
    except (FaultyLine, OSError) as error:  # the index must not stand still for it; a system check tells it too
        logger.error("Golden queries are left out: %s", error)
        return []


def measure(generation: Generation, asked: Sequence[Question]) -> dict[str, float]:
    """nDCG@10 by question's key."""
    run = {each.key: _ask(generation, each) for each in asked}
    return {each.key: _score(each.judged, run[each.key]).ndcg for each in asked}


def mean(scores: Mapping[str, float]) -> float:
    return sum(scores.values()) / len(scores) if scores else 0.0


def _ask(generation: Generation, asked: Question) -> list[str]:
    query = SearchQuery(site=asked.site, text=asked.judged.query, limit=DEPTH)
    return [str(hit.id) for hit in generation.search(query).hits]


def _score(judged: Judged, answer: Sequence[str]) -> Score:
    return evaluation.scores([judged], {judged.qid: answer})[judged.set]


def _site(name: str) -> int | None:
    try:
        row = reads.site_named(name) if name else reads.site_for_host("")
    except reads.NotBuilt:
        return None
    return row.id if row else None


def _golden(row: Any) -> Golden:
    paths = row["paths"]
    if not (isinstance(paths, list) and paths and all(isinstance(each, str) for each in paths)):
        raise ValueError("paths: expected a list of paths")
    return Golden(str(row["query"]), tuple(paths), str(row.get("set", "all")), str(row.get("site", "")))
