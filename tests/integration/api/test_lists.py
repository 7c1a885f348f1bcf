from __future__ import annotations

import pytest

from cms.plugins import registry


def test_every_type_has_its_list(published, api):
    for content_type in registry.content_types().values():
        listed = api.get(f"{content_type.spec.plural}/")
        assert {result["type"] for result in listed["results"]} == {content_type.name}
        assert listed.keys() == {"results", "next", "previous"}
    types = {result["type"] for result in api.get("content/")["results"]}
    assert types == set(registry.content_types())


def test_several_values_are_comma_separated_or_repeated(published, api):
    comma = api.get("content/", type="event,showcase", order="title")
    again = api.client.get("/api/v1/content/?type=event&type=showcase&order=title").json()
    assert comma["results"] == again["results"]
    assert [result["title"] for result in comma["results"]] == ["Arbeidslivskonferansen", "Fagdag", "Kulturhjertet"]


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"topic": "arbeidsliv"}, {"Konferansen samlet mange", "Arbeidslivskonferansen", "Kulturhjertet"}),
        ({"topic": "arbeidsliv", "municipality": "3405"}, {"Kulturhjertet"}),
        ({"municipality": "3403,3405"}, {"Arbeidslivskonferansen", "Høring om ny plan", "Kulturhjertet"}),
        ({"county": "34", "type": "event"}, {"Arbeidslivskonferansen"}),
        ({"year": "2019"}, {"Arbeidslivskonferansen"}),
        ({"under": "/nyheter"}, {"Konferansen samlet mange", "Høring om ny plan"}),
        ({"under": "/arrangement/", "when": "upcoming"}, {"Fagdag"}),
        ({"when": "past"}, {"Arbeidslivskonferansen"}),
        ({"date_from": "2019-01-31", "date_to": "2019-01-31"}, {"Arbeidslivskonferansen"}),
        ({"date_from": "2099-05-01"}, {"Fagdag"}),
        ({"language": "nn"}, {"Høring om ny plan"}),
        ({"kind": "consultation"}, {"Høring om ny plan"}),
        ({"attendance": "digital,both"}, {"Fagdag"}),
        ({"status": "completed"}, {"Kulturhjertet"}),
        ({"municipality": "9999"}, set()),
    ],
)
def test_filters(published, api, parameters, titles):
    assert set(api.titles("content/", **parameters)) == titles


def test_events_are_latest_first_and_upcoming_ones_soonest_first(published, api):
    assert api.titles("events/") == ["Fagdag", "Arbeidslivskonferansen"]
    assert api.titles("events/", order="soonest") == ["Arbeidslivskonferansen", "Fagdag"]
    assert api.titles("events/", when="upcoming") == ["Fagdag"]


@pytest.mark.parametrize("order", ["newest", "oldest", "title", "soonest", "latest"])
def test_pages_of_a_list_are_the_list(published, api, order):
    whole = [result["id"] for result in api.get("content/", order=order)["results"]]
    found, url, pages = [], f"/api/v1/content/?order={order}&limit=3", []
    while url:
        page = api.get(url)
        pages.append(page)
        found += [result["id"] for result in page["results"]]
        url = page["next"]
    assert found == whole
    assert pages[0]["previous"] is None
    back = api.get(pages[-1]["previous"])
    assert back["results"] == pages[-2]["results"]


def test_next_is_in_the_link_header_and_keeps_the_parameters(published, api):
    response = api.response("content/", type="event,showcase", limit=1)
    url = response.json()["next"]
    assert url.startswith("/api/v1/content/?type=event,showcase&limit=1&cursor=")
    assert response["Link"] == f'<{url}>; rel="next"'


def test_ids_keep_their_order_and_leave_out_what_is_not_public(published, api):
    first, second = published["page"].pk, published["home"].pk
    listed = api.get("content/", ids=f"{first},999999,{second}")
    assert [result["id"] for result in listed["results"]] == [first, second]
    assert (listed["next"], listed["previous"]) == (None, None)
    assert api.titles("content/", ids=f"{first},{second}", type="page") == ["Om oss"]
    assert api.titles("content/", ids=f"{first},{published['showcase'].pk}", topic="arbeidsliv") == ["Kulturhjertet"]
    assert "order" in api.faults("content/", ids="1", order="title")
    assert "ids" in api.faults("content/", ids=",".join(map(str, range(1, 102))))
    assert "ids" in api.faults("news/", ids="1")


def test_ids_are_answered_all_at_once(published, api):
    assert api.get("content/", ids="1,2", limit=2)["results"] == []
    detail = "it is less than the number of `ids`, which are answered all at once."
    assert api.faults("content/", ids="1,2,3", limit=2) == {"limit": detail}
    assert api.faults("content/", ids="1", order="title") == {"order": "it cannot go with `ids`."}


def test_fields_in_lists(published, api):
    assert api.get("events/", fields="title,programme")["results"][1]["programme"][0]["title"] == "Velkommen"
    assert api.get("events/", fields="*")["results"][0] == api.get(f"content/{published['future'].pk}/")
    assert api.faults("events/", fields="*", limit=51) == {"limit": "with `fields=*` at most 50."}
    assert api.faults("events/", fields="*,title") == {"fields": "`*` is everything; it goes with no other key."}
    assert list(api.get("content/", fields="title,programme", type="page")["results"][0]) == ["title"]


def test_list_is_not_sent_again(published, api):
    etag = api.response("news/")["ETag"]
    assert api.response("news/", headers={"If-None-Match": etag}).status_code == 304
    assert api.response("news/")["Cache-Tag"] == "all,list:news-article"


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        ("content/?colour=red", "colour"),
        ("content/?limit=0", "limit"),
        ("content/?limit=101", "limit"),
        ("content/?limit=ten", "limit"),
        ("content/?limit=%D9%A3", "limit"),
        ("content/?limit=1&limit=2", "limit"),
        ("content/?limit=", "limit"),
        ("content/?type=evnt", "type"),
        ("content/?type=event,,showcase", "type"),
        ("content/?type=section&topic=skole", "topic"),
        ("content/?type=section&order=soonest", "order"),
        ("news/?order=soonest", "order"),
        ("sections/?topic=skole", "topic"),
        ("news/?attendance=digital", "attendance"),
        ("news/?when=past", "when"),
        ("news/?type=event", "type"),
        ("events/?when=tomorrow", "when"),
        ("events/?status=done", "status"),
        ("content/?municipality=34", "municipality"),
        ("content/?county=3405", "county"),
        ("content/?year=19", "year"),
        ("content/?date_from=2026-02-30", "date_from"),
        ("content/?date_from=1.3.2026", "date_from"),
        ("content/?date_from=2026-03-02&date_to=2026-03-01", "date_to"),
        ("content/?topic=%00", "topic"),
        ("content/?under=%ED%A0%80", "under"),
        ("content/?under=%FF", "under"),
        ("content/?language=sv", "language"),
        ("content/?site=nobody.example", "site"),
        ("content/?site=a/b", "site"),
        ("content/?cursor=x", "cursor"),
        ("content/?cursor=bnVsbA", "cursor"),
        ("content/?q=konferanse", "q"),
        ("content/?ids=0", "ids"),
        ("resolve/", "path"),
        ("resolve/?path=/&path=/", "path"),
        ("navigation/?limit=2", "limit"),
        ("?limit=2", "limit"),
    ],
)
def test_what_cannot_be_meant_is_refused(published, api, url, parameter):
    response = api.client.get(f"/api/v1/{url}")
    problem = response.json()
    assert (response.status_code, problem["status"]) == (400, 400)
    assert response["Content-Type"] == "application/problem+json"
    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]
    assert all(fault.keys() == {"parameter", "detail", "hint"} for fault in problem["errors"])


def test_all_faults_are_told_at_once(published, api):
    assert set(api.faults("content/", limit="0", municipalty="3405", year="x")) == {"limit", "municipalty", "year"}
    fault = api.get("content/", 400, municipalty="3405")["errors"][0]
    assert fault["hint"] == "Did you mean municipality?"


def test_cursor_of_another_order_is_refused(published, api):
    url = api.get("content/", limit=1)["next"]
    assert "belongs to the order newest" in api.faults(f"{url}&order=title")["cursor"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar(published, api, day):
    api.get("content/", date_from=day)
    api.get("content/", date_to=day)


def test_site_by_name(published, api):
    assert api.get("news/", site="localhost") == api.get("news/") | {"next": None}
