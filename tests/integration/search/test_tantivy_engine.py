from __future__ import annotations

import json
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest

from search import analysis, embedding
from search.contract import EngineUnavailable, IndexMissing, SearchQuery, build
from search.tantivy_engine import TantivyEngine
from search.tantivy_engine.storage import DiskStorage
from tests.integration.search.engine_suite import SITE, EngineSuite, MeaningSuite, document


@pytest.fixture
def on_disk(tmp_path):
    engine = TantivyEngine(tmp_path / "index")
    build(engine, [])
    yield engine
    engine.close()


class TestInMemory(EngineSuite):
    @pytest.fixture
    def engine(self):
        return TantivyEngine()


class TestOnDisk(EngineSuite):
    @pytest.fixture
    def engine(self, on_disk):
        return on_disk


class TestMeaningInMemory(MeaningSuite):
    @pytest.fixture
    def engine(self):
        return TantivyEngine()


class TestMeaningOnDisk(MeaningSuite):
    @pytest.fixture
    def engine(self, on_disk):
        return on_disk

    def test_another_process_reads_each_new_vector(self, engine, tmp_path):
        reader, asked = TantivyEngine(tmp_path / "index"), SearchQuery(SITE, self.ILL)
        assert reader.explain(asked, 2).meaning > 0
        engine.write([replace(self.PAGES[1], id=4)])
        assert reader.explain(asked, 4).meaning > 0

    def test_half_a_vector_of_a_killed_process_spoils_none(self, engine, tmp_path):
        [path] = tmp_path.glob("index/*/vectors")
        with path.open("ab") as file:
            file.write(b"half")
        engine.write([replace(each, version=2) for each in self.PAGES])
        assert (self.ids(self.ILL), self.ids(self.CAR)) == ([2, 1], [1, 2])

    def test_of_another_embedder_an_index_answers_by_words_until_there_is_a_new_one(
        self, engine, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(embedding.embedder(), "version", "next")
        engine.close()
        self.moves_on(TantivyEngine(tmp_path / "index"))


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


def _die_in_a_switch(path, before_the_pointer):
    engine = TantivyEngine(path)
    engine.begin()
    engine.fill([document(2)])
    if before_the_pointer:
        DiskStorage._point = lambda *_: os._exit(9)  # type: ignore[method-assign]
    else:
        DiskStorage.drop = lambda *_: os._exit(9)  # type: ignore[method-assign]
    engine.switch()


@pytest.mark.parametrize(("before_the_pointer", "in_use"), [(True, {1}), (False, {2})])
def test_killed_in_a_switch_one_of_the_two_is_in_use(path, writer, before_the_pointer, in_use):
    writer.close()
    process = multiprocessing.get_context("spawn").Process(target=_die_in_a_switch, args=(path, before_the_pointer))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert ids(writer) == in_use
    later = TantivyEngine(path)
    assert (later.candidate() is not None) == before_the_pointer
    if before_the_pointer:
        later.switch()
    later.drop()
    assert ids(later) == ids(writer) == {2}
    assert len(list(path.glob("*/"))) == 1
    later.write([document(3)])
    assert ids(writer) == {2, 3}
    later.close()


def _write_until_killed(path, begun):
    engine = TantivyEngine(path)
    engine.begin()
    for version in range(2, 10_000):
        engine.write([document(1, version=version), document(2, version=version)])
        begun.set()


def test_killed_while_it_writes_a_batch_is_there_as_a_whole(path, writer):
    writer.write([document(2)])
    context = multiprocessing.get_context("spawn")
    for milliseconds in (5, 60):
        writer.close()
        begun = context.Event()
        process = context.Process(target=_write_until_killed, args=(path, begun))
        process.start()
        assert begun.wait(60)
        time.sleep(milliseconds / 1000)
        process.kill()
        process.join(30)
        later = TantivyEngine(path)
        found, candidate = later.versions(), later.candidate().versions()
        assert found[1] == found[2] > 1
        assert candidate[1] == candidate[2]
        later.write([document(1, version=20_000), document(2, version=20_000)])
        assert later.versions() == later.candidate().versions() == {1: 20_000, 2: 20_000}
        later.write([document(1), document(2)], force=True)
        later.close()


def test_readers_in_other_processes_follow_a_switch(path, writer):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(_ids_in_this_process, [path] * 4)) == [{1}] * 4
        writer.begin()
        writer.fill([document(2)])
        assert list(pool.map(_ids_in_this_process, [path] * 4)) == [{1}] * 4
        writer.switch()
        assert list(pool.map(_ids_in_this_process, [path] * 4)) == [{2}] * 4
        writer.write([document(3)])
        assert list(pool.map(_ids_in_this_process, [path] * 4)) == [{2, 3}] * 4


_reader = None


def _ids_in_this_process(path):
    """Of one engine that stays open, as in a web process."""
    global _reader
    _reader = _reader or TantivyEngine(path)
    return ids(_reader)


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
