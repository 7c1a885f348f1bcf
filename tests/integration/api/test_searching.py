from __future__ import annotations

import pytest

from search import service
from search.checks import check_recency
from search.tantivy_engine import TantivyEngine


def test_hits_are_summaries_with_score_and_highlight(published, api):
    found = api.get("search/", q="konferansen")
    assert found["total"] == len(found["results"]) > 0
    first = found["results"][0]
    summary = api.get("content/", ids=first["id"])["results"][0]
    assert {key: first[key] for key in summary} == summary
    assert first["score"] > 0
    assert "<mark>" in (first["highlight"]["title"] or "".join(first["highlight"]["body"]))
    assert (found["query"], found["engine"], found["degraded"]) == ("konferansen", "tantivy", False)


def test_word_of_a_caption_and_of_a_speaker_find_their_pages(published, api):
    assert api.titles("search/", q="salen") == ["Konferansen samlet mange"]
    assert "Arbeidslivskonferansen" in api.titles("search/", q="Ola")


def test_empty_question_lists_everything_with_total_and_facets(published, api):
    found = api.get("search/")
    assert found["total"] == len(published.pages)
    facets = found["facets"]
    assert list(facets)[:6] == ["type", "topic", "municipality", "county", "year", "language"]
    types = {value["value"]: value["count"] for value in facets["type"]["values"]}
    assert types["event"] == 2
    assert facets["municipality"]["values"][0] == {
        "value": "3405",
        "label": "Lillehammer",
        "count": 2,
        "selected": False,
    }
    assert facets["topic"]["values"] == [{"value": "arbeidsliv", "label": "Arbeidsliv", "count": 3, "selected": False}]


def test_filters_select_facet_values(published, api):
    found = api.get("search/", type="event", status="postponed")
    assert [result["title"] for result in found["results"]] == ["Fagdag"]
    status = {value["value"]: value["selected"] for value in found["facets"]["status"]["values"]}
    assert status == {"planned": False, "postponed": True}
    assert "kind" not in found["facets"]


def test_pages_of_a_search(published, api):
    first = api.get("search/", limit=4, order="title")
    second = api.get(first["next"])
    assert first["next"] == "/api/v1/search/?limit=4&order=title&offset=4"
    assert not {each["id"] for each in first["results"]} & {each["id"] for each in second["results"]}
    assert api.get("search/", limit=100)["next"] is None


def test_unpublished_page_is_left_out_before_the_index_knows(published, api):
    from cms.publishing.projector import Projector

    page = published["article"]
    page.refresh_from_db()
    page.unpublish()
    Projector().drain()
    assert page.title not in api.titles("search/")


def test_text_taken_out_of_a_page_is_not_shown_before_the_index_knows(published, api):
    from cms.publishing.projector import Projector

    page = published["showcase"]
    page.summary = "Et navn som ikke skulle vært der: Kråkebollesen"
    page.save_revision().publish()
    published.follow()
    assert "Kråkebollesen" in str(api.get("search/", q="kråkebollesen")["results"][0]["highlight"])
    page.summary = "Rettet"
    page.save_revision().publish()
    Projector().drain()
    found = api.get("search/", q="kråkebollesen")["results"]
    assert page.pk in [hit["id"] for hit in found]
    assert "Kråkebollesen" not in str(found)


def test_pages_like_another(published, api):
    assert published["conference"].title not in api.titles("search/", similar_to=published["conference"].pk)
    assert api.faults("search/", similar_to=1, q="x") == {"similar_to": "it cannot go with `q`."}


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        ("offset=10001", "offset"),
        ("offset=-1", "offset"),
        ("limit=101", "limit"),
        (f"q={'x' * 501}", "q"),
        ("q=a%00b", "q"),
        ("q=a&q=b", "q"),
        ("cursor=x", "cursor"),
        ("fields=title", "fields"),
        ("type=page&topic=skole", "topic"),
        ("order=best", "order"),
        ("similar_to=x", "similar_to"),
    ],
)
def test_what_cannot_be_meant_is_refused(published, api, url, parameter):
    assert set(api.faults(f"/api/v1/search/?{url}")) == {parameter}


def test_suggestions(published, api):
    found = api.get("search/suggest/", q="konf")
    assert found["query"] == "konf"
    assert found["pages"][0].keys() == {"id", "type", "title", "path", "url"}
    assert "Konferansen samlet mange" in [page["title"] for page in found["pages"]]
    nothing = {"query": "", "pages": [], "completions": [], "engine": "tantivy", "degraded": False}
    assert api.get("search/suggest/", q="") == nothing


def test_engine_that_cannot_answer_is_no_empty_result(published, api, monkeypatch, tmp_path):
    monkeypatch.setattr(service, "engine", lambda: TantivyEngine(tmp_path))
    response = api.response("search/", q="konferanse")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["type"] == "/api/v1/docs/problems/search-unavailable/"
    assert api.get("search/suggest/", 503, q="k")["status"] == 503
    assert api.get("/readyz/", 503)["checks"]["search"] != "ok"


def test_no_results_name_the_filters_in_the_way(published, api):
    found = api.get("search/", q="konferansen", type="event", date_from="2099-01-01")
    assert (found["total"], [each["parameter"] for each in found["broader"]]) == (0, ["date_from"])
    assert found["broader"][0]["total"] == api.get("search/", q="konferansen", type="event")["total"]
    assert api.get("search/", q="konferansen")["broader"] == []


def test_recent_pages_gain_what_the_setting_says(published, api, settings):
    def score():
        return api.get("search/", q="konferansen")["results"][0]["score"]

    settings.SEARCH_RECENCY = "0"
    plain = score()
    settings.SEARCH_RECENCY = "0.5"
    assert score() > plain
    settings.SEARCH_RECENCY = "much"
    assert [each.id for each in check_recency(None)] == ["search.E002"]
