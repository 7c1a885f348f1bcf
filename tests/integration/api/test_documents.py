from __future__ import annotations

import pytest
from wagtail.models import Site

from cms.plugins import registry

CONDITIONS = ['"{0}"', 'W/"{0}"', '"x", "{0}"', "*"]


def test_every_type_has_a_document_whose_summary_is_part_of_it(published, api):
    seen = set()
    for page in published.pages.values():
        detail = api.get(f"content/{page.pk}/")
        seen.add(detail["type"])
        summary = api.get("content/", ids=page.pk)["results"][0]
        assert summary.items() <= detail.items()
        assert detail["api_url"] == f"/api/v1/content/{page.pk}/"
    assert seen == set(registry.content_types())


@pytest.mark.parametrize("address", ["/api/v1/content/0{0}/", "/calendar/events/0{0}.ics"])
def test_a_number_is_written_in_one_way(published, api, address):
    response = api.client.get(address.format(published["conference"].pk))
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_the_client_has_is_not_sent_again(published, api, condition):
    url = f"content/{published['report'].pk}/"
    first = api.response(url)
    etag = first["ETag"].strip('"')
    again = api.response(url, headers={"If-None-Match": condition.format(etag)})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "Content-Type" not in again


def test_another_tag_and_an_older_date_are_answered_in_full(published, api):
    url = f"content/{published['report'].pk}/"
    first = api.response(url)
    assert api.response(url, headers={"If-None-Match": '"other"'}).status_code == 200
    assert api.response(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert api.response(url, headers={"If-Modified-Since": "Tue, 01 Jan 2019 00:00:00 GMT"}).status_code == 200
    both = {"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]}
    assert api.response(url, headers=both).status_code == 200


def test_headers_of_a_document(published, api):
    page = published["conference"]
    response = api.response(f"content/{page.pk}/")
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Tag"].split(",")[:2] == ["all", f"document:{page.pk}"]
    embedded = {f"embeds:page:{published[name].pk}" for name in ("home", "events", "report")}
    assert set(response["Cache-Tag"].split(",")[2:]) == embedded
    assert response["Cache-Control"].startswith("public, max-age=")
    assert "stale-while-revalidate" in response["Cache-Control"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"
    head = api.client.head(f"/api/v1/content/{page.pk}/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(response.content))


def test_fields_pick_keys_of_the_detail(published, api):
    page = published["conference"]
    assert list(api.get(f"content/{page.pk}/", fields="start,title")) == ["start", "title"]
    assert api.get(f"content/{page.pk}/", fields="*") == api.get(f"content/{page.pk}/")
    assert api.faults(f"content/{page.pk}/", fields="titel") == {"fields": "'titel' is not possible."}
    hints = api.get(f"content/{page.pk}/", 400, fields="titel")["errors"]
    assert hints[0]["hint"] == "Did you mean title?"


@pytest.mark.parametrize(
    "path",
    [
        "/nyheter/høring/",
        "nyheter/høring",
        "/nyheter/h%C3%B8ring",
        "//nyheter//høring/",
    ],
)
def test_resolve_takes_a_path_in_any_form(published, api, path):
    found = api.get("resolve/", path=path)
    assert found["kind"] == "page"
    assert found["document"] == api.get(f"content/{published['article'].pk}/")


def test_resolve_and_detail_have_tags_of_their_own(published, api):
    page = published["report"]
    detail = api.response(f"content/{page.pk}/")
    resolved = api.response("resolve/", path="/nyheter/rapport/")
    assert resolved["ETag"] != detail["ETag"]
    again = api.response("resolve/", path="/nyheter/rapport/", headers={"If-None-Match": resolved["ETag"]})
    assert again.status_code == 304


def test_path_that_moved_redirects_in_one_hop(published, api):
    page = published["report"]
    page.refresh_from_db()
    page.slug = "melding"
    page.save_revision().publish()
    published.follow()
    assert api.get("resolve/", path="/nyheter/rapport/") == {
        "kind": "redirect",
        "location": "/nyheter/melding/",
        "permanent": True,
    }


def test_removed_page_is_gone_and_says_no_title(published, api):
    page = published["report"]
    page.refresh_from_db()
    page.unpublish()
    published.follow()
    for problem in (api.get(f"content/{page.pk}/", 410), api.get("resolve/", 410, path="/nyheter/rapport/")):
        assert problem["type"] == "/api/v1/docs/problems/gone/"
        assert (problem["id"], problem["content_type"], problem["path"]) == (
            page.pk,
            "news-article",
            "/nyheter/rapport/",
        )
        assert problem["removed_at"].endswith(("+01:00", "+02:00"))
        assert page.title not in str(problem)
    assert page.title not in api.titles("news/")


@pytest.mark.parametrize("url", ["content/999999/", "content/99999999999999999999/", "resolve/?path=/nei/", "nei/"])
def test_what_never_was_is_not_found(published, api, url):
    response = api.client.get(f"/api/v1/{url}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"] == []


def test_draft_answers_like_a_page_that_never_was(published, api):
    page = published["news"].add_child(instance=type(published["report"])(title="Utkast", slug="utkast", live=False))
    published.follow()
    assert api.get(f"content/{page.pk}/", 404)["type"] == "/api/v1/docs/problems/not-found/"
    assert api.get("resolve/", 404, path="/nyheter/utkast/")["status"] == 404
    assert api.get("content/", ids=page.pk)["results"] == []


@pytest.mark.parametrize(
    ("url", "tags"),
    [
        ("content/999999/", "document:999999"),
        ("resolve/?path=/nei/", "path:{site}/nei/"),
        ("resolve/?path=/Nei,%20takk", "path:{site}/Nei%2C%20takk/,path:{site}/nei%2C%20takk/"),
        ("resolve/?path=/nyheter", "document:{news},path:{site}/nyheter/,embeds:page:{home}"),
        ("content/?ids=3,999999", "document:3,document:999999"),
        ("content/?type=event,showcase", "list:event,list:showcase"),
        ("events/?under=/arrangement", "list:event,list:under:/arrangement/"),
        ("search/", "search"),
        ("search/suggest/?q=k", "suggest"),
    ],
)
def test_tags_say_what_a_purge_must_reach(published, api, url, tags):
    names = {name: published[name].pk for name in ("news", "home")}
    expected = "all," + tags.format(site=Site.objects.get().pk, **names)
    response = api.client.get(f"/api/v1/{url}")
    assert response["Cache-Tag"] == expected
    assert response["Surrogate-Key"] == expected.replace(",", " ")
