from __future__ import annotations

import json
import multiprocessing
import os

import pytest

from search import analysis
from search.contract import EngineUnavailable, IndexMissing, SearchQuery, build
from search.tantivy_engine import TantivyEngine
from tests.integration.search.engine_suite import SITE, EngineSuite, document


class TestInMemory(EngineSuite):
    @pytest.fixture
    def engine(self):
        return TantivyEngine()


class TestOnDisk(EngineSuite):
    @pytest.fixture
    def engine(self, tmp_path):
        engine = TantivyEngine(tmp_path / "index")
        build(engine, [])
        yield engine
        engine.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def writer(path):
    engine = TantivyEngine(path)
    build(engine, [[document(1, "Første")]])
    yield engine
    engine.close()


def ids(engine: TantivyEngine) -> set[int]:
    return set(engine.versions())


def test_no_index_is_an_error_and_not_an_empty_answer(path):
    engine = TantivyEngine(path)
    assert not engine.is_current()
    with pytest.raises(IndexMissing):
        engine.search(SearchQuery(SITE))
    with pytest.raises(IndexMissing):
        engine.write([document(1)])


def test_readers_see_each_commit_and_each_switch(path, writer):
    reader = TantivyEngine(path)
    assert ids(reader) == {1}
    writer.write([document(2)])
    assert ids(reader) == {1, 2}
    build(writer, [[document(3)]])
    assert ids(reader) == {3}
    writer.write([document(4)])
    assert ids(reader) == {3, 4}
    assert len(list(path.glob("*/"))) == 1


def test_one_writer_at_a_time(path, writer):
    other = TantivyEngine(path)
    with pytest.raises(EngineUnavailable):
        other.write([document(2)])
    with pytest.raises(EngineUnavailable):
        build(other, [])
    writer.close()
    other.write([document(2)])
    assert ids(other) == {1, 2}
    other.close()


def _write_and_die(path):
    engine = TantivyEngine(path)
    engine.write([document(2)])
    os._exit(9)


def test_a_killed_writer_leaves_its_commits_and_no_lock(path, writer):
    writer.close()
    process = multiprocessing.get_context("spawn").Process(target=_write_and_die, args=(path,))
    process.start()
    process.join(30)
    assert ids(writer) == {1, 2}
    writer.write([document(3)])
    assert ids(writer) == {1, 2, 3}


def test_index_of_other_analysis_still_answers_until_rebuilt(path, writer, monkeypatch):
    monkeypatch.setattr(analysis, "VERSION", "next")
    later = TantivyEngine(path)
    assert not later.is_current()
    assert ids(later) == {1}
    writer.close()
    build(later, [[document(2)]])
    assert later.is_current()
    later.close()


def test_index_of_other_fields_cannot_be_read(path, writer):
    (sentinel,) = path.glob("*/formidle.json")
    sentinel.write_text(json.dumps({"fields": "other", "analysis": analysis.VERSION}))
    later = TantivyEngine(path)
    assert not later.is_current()
    with pytest.raises(IndexMissing):
        ids(later)


def test_broken_index_is_missing_and_can_be_built_again(path, writer):
    writer.close()
    (meta,) = path.glob("*/meta.json")
    meta.write_text("{")
    later = TantivyEngine(path)
    with pytest.raises(IndexMissing):
        ids(later)
    build(later, [[document(2)]])
    assert ids(later) == {2}
    later.close()


def test_leftovers_of_a_killed_build_are_removed(path, writer):
    (path / "half").mkdir()
    build(writer, [[document(2)]])
    assert not (path / "half").exists()
    assert ids(writer) == {2}


def test_writing_goes_on_after_a_failure_whose_traceback_is_still_held(path, writer):
    class Poison:
        id, version = 2, 1

    held = []
    for _ in range(2):
        try:
            writer.write([document(3), Poison()])
        except AttributeError as error:
            held.append(error)
    writer.write([document(4)])
    assert len(held) == 2
    assert ids(writer) == {1, 4}
