"""A new generation is filled step by step while the old one serves; a worse one is not taken into use."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from cms.publishing import consumers
from cms.publishing.models import Consumer as Row
from cms.publishing.models import Parked, PublishedSite
from search import analysis, golden, rebuild, service
from search.consumer import IndexConsumer
from search.contract import IndexMissing, SearchQuery
from tests.integration.search.test_consumer import SITE, follow, found, make, publish, remove
from tests.vectors import vectors

pytestmark = pytest.mark.django_db

TITLES = ["Barnehager i Hamar", "Folkemøte om bru", "Ledig stilling", "Bibliotek og kultur", "Kyrkja i bygda"]
QUERIES = {"barnehagene": 1, "bruer": 2, "stillinger": 3, "biblioteket": 4, "kyrkje": 5}


@pytest.fixture
def index(settings, tmp_path, monkeypatch):
    """Five pages in an index on disk, filled two at a time, and a golden query for each."""
    settings.SEARCH_URL = "tantivy:"
    settings.FORMIDLE_DATA = tmp_path
    settings.SEARCH_GOLDEN = str(tmp_path / "golden.jsonl")
    lines = [json.dumps({"query": query, "paths": [f"/{id_}/"]}) for query, id_ in QUERIES.items()]
    (tmp_path / "golden.jsonl").write_text("\n".join(lines))
    monkeypatch.setattr(rebuild, "BATCH", 2)
    service.engine.cache_clear()
    PublishedSite.objects.create(
        pk=SITE, hostname="x", port=80, is_default=True, name="", navigation=b"", settings=b"{}"
    )
    for number, title in enumerate(TITLES, 1):
        publish(number, title)
    consumer = IndexConsumer()
    follow(consumer)
    yield consumer
    service.engine().close()
    service.engine.cache_clear()


def restart() -> IndexConsumer:
    """As another process sees it."""
    service.engine().close()
    service.engine.cache_clear()
    return IndexConsumer()


def search_command(*arguments):
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def status():
    return json.loads(search_command("status"))["search"]


def test_changes_are_searchable_while_a_rebuild_goes_on(index):
    before = service.engine().state().name
    consumers.ask("search", rebuild.REBUILD)
    consumers.follow(index)
    consumers.follow(index)
    assert consumers.preparing("search") == 4, "five documents, two filled, and the end to come"
    publish(1, "Skoler i Hamar")
    remove(2)
    publish(6, "Svømmehall")
    consumers.follow(index)
    assert service.engine().state().name == before
    assert (found("skole"), found("bru"), found("svømmehall")) == ([1], [], [6])
    follow(index)
    assert service.engine().state().name != before
    assert (found("skole"), found("bru"), found("svømmehall")) == ([1], [], [6])
    assert not index.compare()
    assert consumers.pending("search") == 0


def test_process_that_died_half_way_is_followed_by_one_that_goes_on(index):
    consumers.ask("search", rebuild.REBUILD)
    for _ in range(3):
        consumers.follow(index)
    candidate = service.engine().candidate()
    name, filled = candidate.state().name, candidate.state().documents
    assert 0 < filled < len(TITLES)
    publish(1, "Skoler i Hamar")
    later = restart()
    assert found("barnehage") == [1], "the old index answers"
    consumers.follow(later)
    assert service.engine().candidate().state().documents > filled
    follow(later)
    assert service.engine().state().name == name
    assert found("skole") == [1]
    assert not later.compare()


def test_first_index_is_filled_while_changes_wait(index, settings):
    service.engine().close()
    service.engine.cache_clear()
    settings.FORMIDLE_DATA = settings.FORMIDLE_DATA / "other"
    later = IndexConsumer()
    consumers.follow(later)
    publish(6, "Svømmehall")
    with pytest.raises(IndexMissing):
        found()
    follow(later)
    assert found() == [1, 2, 3, 4, 5, 6]
    assert not Parked.objects.exists()


def break_analysis(monkeypatch):
    """Every other word becomes another one."""
    right = analysis.term
    monkeypatch.setattr(analysis, "VERSION", "broken")
    monkeypatch.setattr(analysis, "term", lambda word, language: word if len(word) % 2 else right(word, language))
    monkeypatch.setattr(analysis, "_stem", lambda term: f"{analysis.STEMMED}{term}")
    analysis.analysed.cache_clear()
    analysis.lookup.cache_clear()


@pytest.fixture
def broken(index, monkeypatch):
    """The index that a broken analysis has made, complete and not in use."""
    assert len(Row.objects.get(pk="search").memory["scores"]) == len(QUERIES)
    break_analysis(monkeypatch)
    later = restart()
    follow(later)
    yield later
    analysis.analysed.cache_clear()
    analysis.lookup.cache_clear()


def test_broken_analysis_is_not_taken_into_use(broken, client, caplog):
    told = status()
    assert told["in_use"]["fingerprint"] != told["fingerprint"] == told["candidate"]["fingerprint"]
    assert told["candidate"]["documents"] == len(TITLES)
    assert (told["gate"]["passed"], told["left"]) == (False, 0)
    assert "answers worse" in told["warning"]
    assert "“bruer” 1.00 → 0.00" in told["warning"]
    assert 'formidle_consumer_warning{consumer="search"} 1.0' in client.get("/metrics").content.decode()
    assert consumers.pending("search") == 0
    publish(6, "Nytt")
    follow(broken)
    assert 6 in service.engine().versions()
    assert 6 in service.engine().candidate().versions()
    again = restart()
    follow(again)
    assert status()["gate"]["passed"] is False, "a restart changes nothing"
    assert "answers worse" in caplog.text


def test_operator_takes_it_into_use_nevertheless(broken):
    with pytest.raises(CommandError, match="answers worse"):
        search_command("switch")
    search_command("switch", "--force")
    told = status()
    assert told["in_use"]["fingerprint"] == told["fingerprint"]
    assert told["candidate"] is None
    assert (told["gate"]["forced"], told["warning"], told["asked"]) == (True, "", "")
    with pytest.raises(CommandError, match="no new index"):
        search_command("switch")


def test_mended_analysis_is_taken_into_use(broken, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(analysis, "VERSION", "mended")
    analysis.analysed.cache_clear()
    analysis.lookup.cache_clear()
    follow(restart())
    told = status()
    assert told["in_use"]["fingerprint"] == told["fingerprint"]
    assert (told["gate"]["passed"], told["warning"]) == (True, "")
    assert golden.mean(Row.objects.get(pk="search").memory["scores"]) == 1


def test_worse_index_is_better_than_none(index, monkeypatch, settings):
    break_analysis(monkeypatch)
    [sentinel] = (settings.FORMIDLE_DATA / "index").glob("*/formidle.json")
    sentinel.write_text('{"fields": "other", "analysis": "2"}')
    follow(restart())
    told = status()
    assert told["in_use"]["fingerprint"] == told["fingerprint"]
    assert told["gate"]["passed"] is False
    analysis.analysed.cache_clear()
    analysis.lookup.cache_clear()


def test_vectors_switched_on_and_off_are_a_new_index_each_time_and_the_old_one_answers(index):
    asked = SearchQuery(SITE, "kultur i bygda")

    def meaning() -> float:
        return sum(service.explain(asked, id_).meaning for id_ in (4, 5))

    with vectors():
        later = restart()
        assert (found(asked.text), meaning()) == ([4, 5], 0)
        follow(later)
        assert status()["in_use"]["fingerprint"] == status()["fingerprint"]
        assert status()["gate"]["passed"] is True
        assert (found(asked.text), meaning() > 0) == ([4, 5], True)
    later = restart()
    assert (found(asked.text), meaning()) == ([4, 5], 0)
    follow(later)
    assert status()["in_use"]["fingerprint"] == status()["fingerprint"]


def test_rebuild_by_command(index):
    before = status()["in_use"]["generation"]
    assert "5 golden queries" in search_command("rebuild")
    told = status()
    assert told["in_use"]["generation"] != before
    assert (told["gate"]["passed"], told["candidate"], told["lag"]) == (True, None, 0)


def test_pages_that_came_after_the_index_are_measured_within_seconds(index, monkeypatch):
    follow(index)
    Row.objects.update(memory={"scores": {}})  # as of an index that was made before the first page
    index._rebuild._measured_at -= rebuild.FIRST_S
    follow(index)
    assert len(Row.objects.get(pk="search").memory["scores"]) == 5
    break_analysis(monkeypatch)
    follow(restart())
    assert status()["gate"]["passed"] is False
    analysis.analysed.cache_clear()
    analysis.lookup.cache_clear()


def test_without_golden_queries_there_is_no_gate(index, settings, monkeypatch):
    settings.SEARCH_GOLDEN = ""
    break_analysis(monkeypatch)
    follow(restart())
    assert status()["in_use"]["fingerprint"] == status()["fingerprint"]
    assert "nothing was measured" in status()["gate"]["text"]
    analysis.analysed.cache_clear()
    analysis.lookup.cache_clear()


def test_queries_whose_pages_are_gone_are_not_asked(index):
    remove(3)
    follow(index)
    search_command("rebuild")
    assert "4 golden queries" in status()["gate"]["text"]


def test_golden_file_that_cannot_be_read_holds_nothing_up(index, settings):
    from search.checks import check_golden

    with open(settings.SEARCH_GOLDEN, "a") as file:
        file.write('\n{"query": "x", "paths": "/1/"}\n')
    [error] = check_golden(None)
    assert "line 6" in error.msg
    search_command("rebuild")
    assert status()["gate"]["passed"]
    assert not index.compare()


def test_a_step_costs_few_queries_when_there_is_nothing_to_do(index, django_assert_max_num_queries):
    make(index)
    with django_assert_max_num_queries(1):
        assert index.prepare().left == 0
