"""The index follows the documents. Rows are written as the projector leaves them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import orjson
import pytest

from cms.publishing import consumers, reads
from cms.publishing.models import Change, Document, DocumentKey, Parked
from search import analysis, service
from search.consumer import IndexConsumer
from search.contract import EngineUnavailable, IndexMissing, SearchQuery
from search.tantivy_engine import TantivyEngine

pytestmark = pytest.mark.django_db

WHEN = datetime(2024, 5, 1, 10, tzinfo=UTC)
SITE = 1


def publish(id_: int, title: str, *, type_: str = "page", version: int | None = None, **detail) -> None:
    old = Document.objects.filter(pk=id_).first()
    version = version or (old.version + 1 if old else 1)
    body = [{"id": "a", "type": "paragraph", "value": {"html": text, "links": []}} for text in detail.pop("body", [])]
    Document.objects.update_or_create(
        pk=id_,
        defaults={
            "site_id": SITE,
            "type": type_,
            "locale": "nb",
            "language": "nb",
            "path": f"/{id_}/",
            "in_menu": False,
            "title": title,
            "sort_title": title.lower(),
            "version": version,
            "published_at": WHEN,
            "date_start": WHEN,
            "date_end": WHEN,
            "changed_at": WHEN,
            "removed_at": None,
            "detail": orjson.dumps({"title": title, "body": body, **detail}),
            "summary": orjson.dumps({"id": id_, "type": type_, "title": title, "path": f"/{id_}/", "url": f"/{id_}/"}),
        },
    )
    DocumentKey.objects.update_or_create(site_id=SITE, type="", field="type", value=type_, date=WHEN, document_id=id_)
    Change.objects.create(kind="published", document_id=id_, site_id=SITE, at=WHEN)


def remove(id_: int) -> None:
    Document.objects.filter(pk=id_).update(removed_at=WHEN, detail=b"", version=99)
    DocumentKey.objects.filter(document_id=id_).delete()
    Change.objects.create(kind="removed", document_id=id_, site_id=SITE, at=WHEN)


def make(consumer: IndexConsumer) -> None:
    while consumer.prepare().left:
        pass


def follow(consumer: IndexConsumer) -> None:
    while consumers.follow(consumer):
        pass


def found(text: str = "", **query) -> list[int]:
    return sorted(hit.id for hit in service.search(SearchQuery(SITE, text, **query)).hits)


@pytest.fixture(params=["memory:", "tantivy:"])
def consumer(request, settings, tmp_path):
    settings.SEARCH_URL = request.param
    settings.FORMIDLE_DATA = tmp_path
    service.engine.cache_clear()
    consumer = IndexConsumer()
    make(consumer)
    yield consumer
    consumer.close()
    service.engine.cache_clear()


def test_published_changed_and_removed_documents_are_followed(consumer):
    publish(1, "Folkemøte", summary="I kulturhuset", body=["<p>Kaffe til alle</p>"])
    publish(2, "Bibliotek")
    consumers.follow(consumer)
    assert found("møte kulturhuset") == [1]
    assert found("kaffe") == [1]
    assert found(keys=(("type", ("page",)),)) == [1, 2]
    publish(1, "Møtet er avlyst")
    remove(2)
    consumers.follow(consumer)
    assert found("kaffe") == []
    assert found("avlyst") == [1]
    assert found() == [1]


def test_following_the_log_again_changes_nothing(consumer):
    publish(1, "Folkemøte")
    remove(2)
    assert consumer.apply([1, 2, 3]) == {}
    assert consumer.apply([1, 2, 3]) == {}
    assert found() == [1]
    assert not consumer.compare()


def test_document_that_cannot_be_read_is_parked_and_the_others_go_on(consumer):
    publish(1, "Ødelagt")
    Document.objects.filter(pk=1).update(detail=b"{")
    publish(2, "Hel")
    consumers.follow(consumer)
    assert found() == [2]
    assert "JSONDecodeError" in Parked.objects.get(document_id=1).reason
    assert consumer.compare().missing == {1}
    publish(1, "Reparert")
    consumers.follow(consumer)
    assert found() == [1, 2]
    assert not Parked.objects.exists()


def test_compare_tells_what_is_missing_stale_and_left_over(consumer):
    for id_ in (1, 2, 3):
        publish(id_, "Side")
    consumers.follow(consumer)
    publish(2, "Endret")
    remove(3)
    publish(4, "Ny")
    drift = consumer.compare()
    assert (drift.missing, drift.stale, drift.ghost) == ({4}, {2}, {3})
    consumer.apply(sorted(drift.missing | drift.stale | drift.ghost))
    assert not consumer.compare()


def test_index_ahead_of_a_restored_database_goes_back(consumer):
    publish(1, "Etter sikkerhetskopien", version=7)
    consumer.apply([1])
    publish(1, "Fra sikkerhetskopien", version=5)
    assert consumer.compare().stale == {1}
    assert consumer.apply([1]) == {}
    assert found("fra") == [1]
    assert not consumer.compare()


def test_events_are_found_by_when(consumer):
    publish(1, "Møte", type_="event")
    publish(2, "Nyhet", type_="news-article")
    consumers.follow(consumer)
    assert found(when=("past",)) == [1]


@pytest.fixture
def disk(settings, tmp_path):
    settings.SEARCH_URL = "tantivy:"
    settings.FORMIDLE_DATA = tmp_path
    service.engine.cache_clear()
    yield IndexConsumer()
    service.engine().close()
    service.engine.cache_clear()


def test_missing_index_is_built_from_the_documents(disk):
    publish(1, "Eldre")
    publish(2, "Ødelagt")
    Document.objects.filter(pk=2).update(detail=b"{")
    with pytest.raises(IndexMissing):
        found()
    assert disk.compare().missing == {1, 2}
    follow(disk)
    assert found() == [1]
    assert Parked.objects.get().document_id == 2


def test_index_deleted_below_a_running_worker_is_built_again(disk, settings):
    publish(1, "Side")
    follow(disk)
    shutil.rmtree(settings.FORMIDLE_DATA / "index")
    publish(2, "Side")
    follow(disk)
    assert found() == [1, 2]


def test_new_analysis_rebuilds_the_index(disk, monkeypatch):
    publish(1, "Eldre")
    make(disk)
    monkeypatch.setattr(analysis, "VERSION", "next")
    remove(1)
    publish(2, "Nyere")
    assert found() == [1]
    make(disk)
    assert found() == [2]


def test_nothing_is_lost_while_another_process_writes(disk, settings):
    make(disk)
    service.engine().close()
    other = TantivyEngine(settings.FORMIDLE_DATA / "index")
    other.lock()
    publish(1, "Side")
    with pytest.raises(EngineUnavailable):
        consumers.follow(disk)
    other.close()
    consumers.follow(disk)
    assert found() == [1]


def test_a_batch_takes_few_queries(consumer, django_assert_max_num_queries):
    for id_ in range(1, 30):
        publish(id_, f"Side {id_}")
    with django_assert_max_num_queries(2):
        consumer.apply(list(range(1, 30)))
    assert len(reads.live_versions()) == 29
