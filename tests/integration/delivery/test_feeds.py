from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from cms.plugins import registry
from cms.publishing.models import Change, Document
from tests.integration.delivery.reading import ATOM, atom, json_feed


def test_every_type_has_its_feeds_with_the_same_entries(published):
    for content_type in registry.content_types().values():
        plural = content_type.spec.plural
        entries = atom(f"/feeds/{plural}.atom").entries
        items = json_feed(f"/feeds/{plural}.json")["items"]
        assert entries
        assert [entry.id for entry in entries] == [item["id"] for item in items]
        assert {tag.term for entry in entries for tag in entry.tags if tag.scheme} == {content_type.name}
    assert len(atom("/feeds/all.atom").entries) == len(published.pages)


def test_entry_has_what_a_reader_shows(published):
    found = atom("/feeds/news.atom")
    entry = next(each for each in found.entries if each.title == "Konferansen samlet mange")
    document = Client().get(f"/api/v1/content/{published['report'].pk}/").json()
    assert entry.link == document["seo"]["canonical_url"]
    assert entry.id.startswith("urn:uuid:")
    assert entry.published == document["first_published_at"]
    assert entry.updated == document["last_published_at"]
    assert [(tag.term, tag.label) for tag in entry.tags if not tag.scheme] == [("arbeidsliv", "Arbeidsliv")]
    html = entry.content[0].value
    assert "Les om <strong>samarbeidet</strong>." in html
    assert "<h2>Innledning</h2>" in html
    assert "<th>År</th>" in html
    assert 'src="http://localhost/media/' in html
    assert found.feed.title == "Nyhetssaker – Formidle"
    assert found.feed.author == "Formidle"
    item = next(each for each in json_feed("/feeds/news.json")["items"] if each["id"] == entry.id)
    assert item["content_html"] == html
    assert item["tags"] == ["Arbeidsliv"]


def test_every_address_is_absolute(published):
    entries = atom("/feeds/all.atom?limit=100").entries
    addresses = [each for entry in entries for each in re.findall(r'(?:href|src)="([^"]*)"', entry.content[0].value)]
    assert addresses
    assert [each for each in addresses if not each.startswith(("http://", "https://", "mailto:", "tel:"))] == []
    assert all(entry.link.startswith("http://localhost/") for entry in entries)


def test_entries_name_their_language(published):
    tree = ElementTree.fromstring(Client().get("/feeds/news.atom").content)
    languages = {
        entry.findtext(f"{ATOM}title"): entry.get("{http://www.w3.org/XML/1998/namespace}lang")
        for entry in tree.iter(f"{ATOM}entry")
    }
    assert languages == {"Konferansen samlet mange": "nb", "Høring om ny plan": "nn"}


def test_feeds_take_the_filters_of_lists(published):
    assert [entry.title for entry in atom("/feeds/all.atom?topic=arbeidsliv&municipality=3405").entries] == [
        "Kulturhjertet"
    ]
    section = atom("/feeds/news.atom?under=/nyheter/")
    assert section.feed.title == "Nyheter – Formidle"
    assert section.feed.link == "http://localhost/nyheter/"
    assert atom("/feeds/all.atom?topic=arbeidsliv").feed.title == "Arbeidsliv – Formidle"
    assert [entry.title for entry in atom("/feeds/events.atom?when=upcoming").entries] == ["Fagdag"]


def test_pages_of_a_feed_are_the_feed(published):
    whole = [entry.id for entry in atom("/feeds/all.atom?limit=100").entries]
    url, found = "/feeds/all.atom?limit=4", []
    while url:
        page = atom(url)
        found += [entry.id for entry in page.entries]
        url = next((link.href for link in page.feed.links if link.rel == "next"), "").removeprefix("http://localhost")
    assert found == whole
    assert page.feed.id == "http://localhost/feeds/all.atom"
    assert next(link.href for link in page.feed.links if link.rel == "self").startswith(
        f"{page.feed.id}?limit=4&cursor="
    )
    assert json_feed("/feeds/all.json?limit=4")["next_url"].startswith(
        "http://localhost/feeds/all.json?limit=4&cursor="
    )
    assert "next_url" not in json_feed("/feeds/all.json?limit=100")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("topik=x", "topik"),
        ("limit=0", "limit"),
        ("fields=title", "fields"),
        ("ids=1", "ids"),
        ("site=nobody.example", "site"),
    ],
)
def test_what_cannot_be_meant_is_refused(published, api, query, parameter):
    problem = api.get(f"/feeds/all.atom?{query}", 400)
    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]


@pytest.mark.parametrize("path", ["unknown.atom", "news.rss", "", "news.atom/", "NEWS.atom", "news-article.atom"])
def test_no_such_feed(published, api, path):
    assert api.get(f"/feeds/{path}", 404)["type"] == "/api/v1/docs/problems/not-found/"


def test_feed_is_not_sent_again(published):
    Change.objects.update(at=timezone.now() - timedelta(hours=1))
    first = Client().get("/feeds/news.atom")
    assert first["Cache-Tag"].split(",") == ["all", "list:news-article", "site"]
    assert first["Cache-Control"].startswith("public, max-age=")
    for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = Client().get("/feeds/news.atom", headers=condition)
        assert (again.status_code, again.content) == (304, b"")
    assert "Last-Modified" not in Client().get("/feeds/events.atom?when=upcoming")


def test_feed_of_a_section_is_purged_with_it(published):
    tags = set(Client().get("/feeds/all.atom?under=/nyheter/")["Cache-Tag"].split(","))
    section = Document.objects.get(path="/nyheter/")
    assert {"list", "list:under:/nyheter/", f"path:{section.site_id}/nyheter/", f"document:{section.pk}"} <= tags


def test_seconds_in_which_more_may_happen_are_no_date(published):
    Change.objects.update(at=timezone.now())
    assert "Last-Modified" not in Client().get("/feeds/news.atom")


def test_feed_without_entries(published):
    found = atom("/feeds/news.atom?municipality=9999")
    assert found.entries == []
    assert found.feed.updated == "2000-01-01T00:00:00+01:00"
    assert json_feed("/feeds/news.json?municipality=9999")["items"] == []
