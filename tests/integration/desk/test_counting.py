"""What is counted of searches and clicks, what is not, and that nothing depends on it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.publishing import housekeeping
from search.desk import counting
from search.desk.counting import Recorder
from search.models import ClickCount, SearchCount

CLICKS = "/api/v1/search/clicks/"


@pytest.fixture(autouse=True)
def recorder(settings, monkeypatch):
    settings.SEARCH_LOG = True
    made = Recorder(seconds=None)
    monkeypatch.setattr(counting, "recorder", made)
    return made


def click(api, path=CLICKS, body=None, **values):
    given = json.dumps(values) if body is None else body
    return api.client.post(path, given, content_type="text/plain;charset=UTF-8")


def test_search_is_counted_with_its_hits_and_nothing_of_who_asked(published, api, recorder):
    with CaptureQueriesContext(connection) as captured:
        found = api.get("search/", q="Konferansen ")
        api.get("search/", q="konferansen")
        api.client.get("/sok/?q=konferansen&type=event", headers={"User-Agent": "Firefox", "Referer": "https://x.no"})
    assert not [each for each in captured if "count" in each["sql"] and "INSERT" in each["sql"]]
    recorder.flush()
    site = SearchCount.objects.values_list("site_id", flat=True).distinct().get()
    rows = SearchCount.objects.order_by("filtered").values_list("text", "times", "hits", "filtered", "degraded")
    assert list(rows) == [("konferansen", 2, found["total"], False, False), ("konferansen", 1, 1, True, False)]
    assert {each.name for each in SearchCount._meta.get_fields()} == {
        *("id", "site_id", "text", "hour", "times", "hits", "filtered", "degraded")
    }
    assert {each.name for each in ClickCount._meta.get_fields()} == {
        *("id", "site_id", "text", "hour", "times", "document_id", "position")
    }
    hour = SearchCount.objects.first().hour
    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
    assert site


def test_what_is_no_visitors_search_is_not_counted(published, api, recorder, settings):
    api.get("search/", q="konferansen", offset=1)
    api.get("search/", q="")
    api.get("search/", similar_to=published["report"].pk)
    api.get("search/suggest/", q="konf")
    api.get("search/", q="kari.nordmann@example.no")
    api.client.head("/api/v1/search/?q=konferansen")
    for headers in ({"User-Agent": "Googlebot/2.1"}, {"Sec-Purpose": "prefetch"}):
        for path in ("/api/v1/search/", "/sok/"):
            api.client.get(path, {"q": "konferansen"}, headers=headers)
    settings.SEARCH_LOG = False
    api.get("search/", q="konferansen")
    click(api, query="konferansen", id=published["report"].pk, position=1)
    recorder.flush()
    assert not SearchCount.objects.exists()
    assert not ClickCount.objects.exists()


def test_click_is_counted(published, api, recorder):
    for _ in range(2):
        response = click(api, query="Konferansen", id=published["report"].pk, position=2)
        assert (response.status_code, response.content) == (204, b"")
        assert "Set-Cookie" not in response.headers
    assert response["Access-Control-Allow-Origin"] == "*"
    recorder.flush()
    row = ClickCount.objects.get()
    assert (row.text, row.document_id, row.position, row.times) == ("konferansen", published["report"].pk, 2, 2)


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ("", "body"),
        ("[1]", "body"),
        ("{", "body"),
        ('{"query": "' + "x" * 5000 + '"}', "body"),
        ('{"query": "x", "id": 999999, "position": 1}', "id"),
        ('{"query": "x", "id": "1", "position": 1}', "id"),
        ('{"query": "x", "id": true, "position": 1}', "id"),
        ('{"query": "x", "id": 1}', "position"),
        ('{"query": "x", "id": 1, "position": 0}', "position"),
        ('{"query": "a\\u0000", "id": 1, "position": 1}', "query"),
        ('{"query": 1, "id": 1, "position": 1}', "query"),
        ('{"query": " ", "id": 1, "position": 1}', "query"),
        ('{"query": "x", "id": 1, "position": 1, "user": "kari"}', "user"),
        (b"\xff\xfe", "body"),
    ],
)
def test_click_that_cannot_be_is_refused(published, api, recorder, body, parameter):
    response = click(api, body=body)
    assert response.status_code == 400
    assert [each["parameter"] for each in response.json()["errors"]] == [parameter]


def test_click_takes_post_alone_from_any_origin(published, api):
    refused = api.client.get(CLICKS)
    assert (refused.status_code, refused["Allow"]) == (405, "POST, OPTIONS")
    allowed = api.client.options(CLICKS)
    assert allowed["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert "Content-Type" in allowed["Access-Control-Allow-Headers"]
    assert "search-clicks" not in api.get("")["links"]
    page = published["page"]
    page.refresh_from_db()
    page.unpublish()
    published.follow()
    assert click(api, query="x", id=page.pk, position=1).status_code == 400


def test_counts_wait_while_the_database_is_away_and_never_fail_a_search(published, api, recorder, monkeypatch):
    def away(entries):
        raise DatabaseError("away")

    api.get("search/", q="konferansen")
    with monkeypatch.context() as patch:
        patch.setattr(counting, "write", away)
        recorder.flush()
    api.get("search/", q="konferansen")
    recorder.flush()
    assert SearchCount.objects.aggregate(models.Sum("times")) == {"times__sum": 2}


def test_memory_is_bounded(published, api, recorder, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    for number in range(10):
        api.get("search/", q=f"ord{number}")
    recorder.flush()
    assert SearchCount.objects.count() == 3


def test_old_counts_are_forgotten(published):
    now = timezone.now()
    for days in (0, 29, 31, 400):
        hour = now - timedelta(days=days)
        SearchCount.objects.create(site_id=1, text="x", hour=hour, times=1, hits=1, filtered=False, degraded=False)
        ClickCount.objects.create(site_id=1, text="x", hour=hour, times=1, document_id=1, position=1)
    while housekeeping.tidy():
        pass
    assert SearchCount.objects.count() == ClickCount.objects.count() == 2
