"""A path becomes a page, a redirect, or a message; only the publishing tables are asked."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from cms.publishing.models import Document, DocumentKey, PublishedSite, Route
from tests.unit.website import documents

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PLAIN = documents.PAGE | {"body": documents.BLOCKS[:3]}


@pytest.fixture(autouse=True)
def site():
    return PublishedSite.objects.create(
        id=1,
        hostname="localhost",
        port=80,
        is_default=True,
        name="Innlandet i utvikling",
        navigation=json.dumps(documents.NAVIGATION).encode(),
        settings=json.dumps(documents.SITE).encode(),
    )


def publish(document, **changes):
    row = Document.objects.create(
        **{
            "id": document["id"],
            "site_id": 1,
            "type": document["type"],
            "locale": "nb",
            "language": document["language"],
            "path": document["path"],
            "in_menu": False,
            "title": document["title"],
            "sort_title": document["title"],
            "version": 1,
            "etag": "x",
            "published_at": NOW,
            "date_start": NOW,
            "date_end": NOW,
            "changed_at": NOW,
            "detail": json.dumps(document).encode(),
            "summary": json.dumps(
                documents.summary(document["id"], document["type"], document["title"], document["path"])
            ).encode(),
        }
        | changes
    )
    Route.objects.create(site_id=1, path=document["path"], document=row)
    return row


def test_page_is_rendered_from_its_document_with_three_queries(client, django_assert_num_queries):
    publish(documents.EVENT)
    with django_assert_num_queries(3):
        response = client.get(documents.EVENT["path"])
    assert response.status_code == 200
    assert f"{documents.EVENT['title']}</h1>" in response.content.decode()
    assert response["Content-Language"] == "nb"
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_unchanged_page_is_304_compressed_or_not(client):
    publish(documents.EVENT)
    for encoding in ("gzip", "identity"):
        first = client.get(documents.EVENT["path"], headers={"Accept-Encoding": encoding})
        again = client.get(
            documents.EVENT["path"], headers={"Accept-Encoding": encoding, "If-None-Match": first["ETag"]}
        )
        assert again.status_code == 304


def test_page_is_compressed(client):
    publish(documents.EVENT)
    response = client.get(documents.EVENT["path"], headers={"Accept-Encoding": "gzip"})
    assert b"</h1>" in gzip.decompress(response.content)


@pytest.mark.parametrize("form", ["/om-oss", "/om-oss//"])
def test_other_forms_of_a_path_lead_to_the_one(client, form):
    publish(PLAIN)
    response = client.get(form, {"utm_source": "brev"})
    assert (response.status_code, response["Location"]) == (301, "/om-oss/?utm_source=brev")


def test_old_path_redirects_in_one_hop(client):
    row = publish(PLAIN)
    Route.objects.create(site_id=1, path="/om/", document=row)
    response = client.get("/om/")
    assert (response.status_code, response["Location"]) == (301, "/om-oss/")


def test_editors_redirect_may_lead_elsewhere_and_be_temporary(client):
    Route.objects.create(site_id=1, path="/kart/", location="https://example.org/kart?a=b", permanent=False)
    response = client.get("/kart/")
    assert (response.status_code, response["Location"]) == (302, "https://example.org/kart?a=b")


def test_path_that_never_was_is_404_in_the_sites_own_design(client):
    response = client.get("/finnes-ikke/")
    assert response.status_code == 404
    assert documents.SITE["name"] in response.content.decode()


def test_removed_page_is_410_without_its_title(client):
    publish(PLAIN, removed_at=NOW)
    response = client.get("/om-oss/")
    assert response.status_code == 410
    assert "<h1>Om oss" not in response.content.decode()


def test_never_built_is_503(client, site):
    site.delete()
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_only_reading(client):
    assert client.post("/").status_code == 405
    publish(PLAIN | {"path": "/"})
    assert client.head("/").content == b""


def listed_event():
    start = datetime(2999, 1, 1, tzinfo=UTC)
    return publish(documents.EVENT, date_start=start, date_end=start)


def test_listings_that_depend_on_the_hour_are_asked_for_now(client):
    listed_event()
    block = {
        "id": "b1",
        "type": "listing",
        "value": {"title": "Kommer", "api_url": "/api/v1/events/?when=upcoming", "results": None, "more": None},
    }
    publish(documents.PAGE | {"body": [block]})
    html = client.get("/om-oss/").content.decode()
    assert f'<a href="{documents.EVENT["path"]}">' in html


def test_section_turns_pages_by_cursor(client, monkeypatch):
    monkeypatch.setattr("cms.website.templatetags.website.SECTION_LIMIT", 1)
    first = publish(documents.EVENT)
    second = publish(documents.EVENT | {"id": 60, "path": "/arrangement/neste/", "title": "Det neste"})
    publish(documents.SECTION)
    page = BeautifulSoup(client.get("/arrangement/").content, "html.parser")
    assert [each["href"] for each in page.select(".row-title a")] == [second.path]
    cursor = page.find("a", rel="next")["href"].partition("#")[0]
    page = BeautifulSoup(client.get(f"/arrangement/{cursor}").content, "html.parser")
    assert [each["href"] for each in page.select(".row-title a")] == [first.path]
    assert page.find("a", rel="prev")


def test_section_without_a_listing_shows_what_lies_below_it(client):
    row = publish(documents.EVENT)
    for field, value in (("type", row.type), ("under", "/arrangement/")):
        DocumentKey.objects.create(site_id=1, type="", field=field, value=value, date=NOW, document=row)
    publish(documents.SECTION | {"listing": None, "children": []})
    page = BeautifulSoup(client.get("/arrangement/").content, "html.parser")
    assert [each["href"] for each in page.select(".row-title a")] == [row.path]


def test_a_cursor_that_means_nothing_shows_the_way_back(client):
    publish(documents.SECTION)
    page = BeautifulSoup(client.get("/arrangement/?cursor=tull").content, "html.parser")
    assert page.select_one(".empty a")["href"] == "/arrangement/"


def test_search_without_an_index_says_so(client, settings):
    response = client.get("/sok/?q=ny+bru")
    assert response.status_code == 503
    assert BeautifulSoup(response.content, "html.parser").select_one("[name=q]")["value"] == "ny bru"
    assert documents.SITE["name"] in response.content.decode()
