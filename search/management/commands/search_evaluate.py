"""Scores an engine on a test collection, in an index of its own that is thrown away."""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from search import evaluation, service
from search.contract import SearchError, build
from search.evaluation import Judged


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--docs", type=Path, required=True, help="JSON lines: id, lang, title, body")
        parser.add_argument(
            "--queries", type=Path, nargs="+", required=True, help="JSON lines: qid, query [set, rel, ignore]"
        )
        parser.add_argument("--engine", default="memory:", help="as SEARCH_URL")
        parser.add_argument("--run", type=Path, help="where {qid: [ids]} is written, the best first")
        parser.add_argument(
            "--fail-under", nargs="+", default=[], metavar="SET=FIGURE", help="nDCG@10 below which the command fails"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        floors = dict(_floor(each) for each in options["fail_under"])
        queries = [evaluation.judged(row) for path in options["queries"] for row in _rows(path, "qid", "query")]
        if options["run"] and not options["run"].parent.is_dir():
            raise CommandError(f"--run {options['run']}: there is no folder {options['run'].parent}")
        try:
            run = self._run(options["engine"], options["docs"], queries)
        except (ImproperlyConfigured, SearchError) as error:
            raise CommandError(str(error)) from error
        if options["run"]:
            options["run"].write_text(json.dumps(run))
        scores = evaluation.scores(queries, run)
        for name, score in scores.items():
            self.stdout.write(
                f"{name:12s} n={score.queries:5d} nDCG@10={score.ndcg:.4f} MRR@10={score.mrr:.4f} "
                f"Recall@10={score.recall:.4f}"
            )
        if unknown := floors.keys() - scores.keys():
            there = ", ".join(scores) or "none"
            raise CommandError(f"No judged queries in {', '.join(sorted(unknown))}; there are {there}")
        if low := [name for name, floor in floors.items() if scores[name].ndcg < floor]:
            raise CommandError("Below the floor: " + ", ".join(f"{n} {scores[n].ndcg:.4f} < {floors[n]}" for n in low))

    def _run(self, url: str, docs: Path, queries: list[Judged]) -> dict[str, list[str]]:
        """qid → ids, the best first."""
        collection = evaluation.Collection()
        with service.throw_away(url) as engine:
            begun = time.process_time()
            failed = build(engine, collection.documents(_rows(docs, "id")))
            if failed:
                raise CommandError(f"{len(failed)} documents could not be indexed: {dict(list(failed.items())[:5])}")
            indexed = time.process_time()
            run = {each.qid: collection.ask(engine, each.query, len(each.ignore)) for each in queries}
            self._tell_cost(len(collection.ids), indexed - begun, len(queries), time.process_time() - indexed)
        return run

    def _tell_cost(self, documents: int, indexing_s: float, queries: int, asking_s: float) -> None:
        most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.stderr.write(
            f"CPU of this process: {indexing_s / max(1, documents) * 1000:.1f} ms for each of {documents} documents, "
            f"{asking_s / max(1, queries) * 1000:.1f} ms for each of {queries} queries; at most {most_mb:.0f} MB"
        )


def _rows(path: Path, *needed: str) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(path, number, line, needed)
    except OSError as error:
        raise CommandError(str(error)) from error


def _row(path: Path, number: int, line: str, needed: Iterable[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError("not an object")
        if missing := [name for name in needed if name not in row]:
            raise ValueError(f"it lacks {', '.join(missing)}")
    except ValueError as error:
        raise CommandError(f"{path}, line {number}: {error}") from error
    return row


def _floor(text: str) -> tuple[str, float]:
    name, _, figure = text.partition("=")
    try:
        return name, float(figure)
    except ValueError:
        raise CommandError(f"--fail-under {text}: expected SET=FIGURE, for example question=0.93") from None
