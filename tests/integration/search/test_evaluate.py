"""search_evaluate: a collection in, a run and its figures out."""

from __future__ import annotations

import io
import json

import httpx
import pytest
from django.core.management import CommandError, call_command

from search import evaluation
from search.evaluation import Judged

DOCS = [
    {"id": "a", "lang": "nb", "title": "Arbeidslivskonferansen", "body": "To dager på Lillehammer.\nMat og drikke."},
    {"id": "b", "lang": "nn", "title": "Kyrkja i bygda", "body": "Ho er gamal."},
    {"id": "c", "lang": "en", "title": "Local elections", "body": "Vote."},
]
CAR, ILL = (
    "Vask motoren, fyll frostvæske og skift til piggdekk",
    "Feber, hoste og utslett hos de minste går oftest over",
)
QUERIES = [
    {"qid": "1", "query": "konferanse", "set": "words", "rel": ["a"], "more": "is ignored"},
    {"qid": "2", "query": "kirke", "set": "words", "rel": ["b"]},
    {"qid": "3", "query": "sykehus", "set": "missing", "rel": ["c"]},
    {"qid": "4", "query": "election"},
]


@pytest.fixture
def files(tmp_path):
    def lines(name, rows):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(row) for row in rows))
        return path

    return lines("docs.jsonl", DOCS), lines("queries.jsonl", QUERIES), tmp_path / "run.json"


def evaluate(files, *more):
    docs, queries, run = files
    out = io.StringIO()
    call_command("search_evaluate", f"--docs={docs}", "--queries", str(queries), f"--run={run}", *more, stdout=out)
    return out.getvalue(), json.loads(run.read_text())


@pytest.mark.parametrize("engine", ["memory:", "tantivy:"])
def test_run_and_figures(files, engine):
    told, run = evaluate(files, f"--engine={engine}")
    assert run == {"1": ["a"], "2": ["b"], "3": [], "4": ["c"]}
    assert "words        n=    2 nDCG@10=1.0000" in told
    assert "missing      n=    1 nDCG@10=0.0000" in told


def test_elasticsearch_gives_the_same_and_leaves_nothing_behind(files, elasticsearch):
    assert evaluate(files, "--engine=memory:") == evaluate(
        files, f"--engine=http://{elasticsearch}/evaluated?timeout=30"
    )
    assert httpx.get(f"http://{elasticsearch}/evaluated*").json() == {}


def test_with_vectors_meaning_is_measured_as_well(files, e5):
    docs, queries, _ = files
    alike = [{"id": id_, "title": "Råd til foreldre", "body": body} for id_, body in (("1", CAR), ("2", ILL))]
    docs.write_text("\n".join(map(json.dumps, alike)))
    queries.write_text(json.dumps({"qid": "1", "query": "råd når gutten er syk"}))
    assert evaluate(files)[1] == {"1": ["2", "1"]}


def test_floor_that_is_not_reached_fails(files):
    evaluate(files, "--fail-under", "words=0.9")
    with pytest.raises(CommandError, match=r"missing 0\.0000 < 0\.5"):
        evaluate(files, "--fail-under", "words=0.9", "missing=0.5")
    with pytest.raises(CommandError, match="No judged queries in nothing"):
        evaluate(files, "--fail-under", "nothing=0.5")


def test_faulty_line_is_named(files):
    files[1].write_text('{"qid": "1", "query": "x"}\n[]\n')
    with pytest.raises(CommandError, match=r"queries\.jsonl, line 2"):
        evaluate(files)


@pytest.mark.parametrize(
    ("engine", "told"),
    [("http://u:geheim@127.0.0.1:1", "does not answer"), ("solr:", "it names none of the search engines")],
)
def test_engine_that_cannot_be_asked_is_told_in_a_line(files, engine, told):
    with pytest.raises(CommandError, match=told) as raised:
        evaluate(files, f"--engine={engine}")
    assert "geheim" not in str(raised.value)


def test_what_lacks_a_key_and_a_folder_that_is_not_there_are_named_before_anything_is_measured(files, tmp_path):
    docs, queries, _ = files
    with pytest.raises(CommandError, match="there is no folder"):
        evaluate((docs, queries, tmp_path / "nowhere" / "run.json"))
    queries.write_text('{"qid": 1}')
    with pytest.raises(CommandError, match=r"queries\.jsonl, line 1: it lacks query"):
        evaluate(files)


def test_ignored_documents_take_no_place():
    query = Judged("1", "s", "x", frozenset({"a", "b"}), frozenset({"i"}))
    found = evaluation.scores([query], {"1": ["i", "a", "x", "b"]})["s"]
    assert (found.mrr, found.recall) == (1.0, 1.0)
    assert found.ndcg == pytest.approx((1 + 0.5) / (1 + 1 / 1.584962500721156))
