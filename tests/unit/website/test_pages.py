"""What the templates make of the sample documents."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from tests.unit.website import documents

EVENT = documents.EVENT["path"]
NEWS = documents.NEWS["path"]


def words(element):
    return " ".join(element.get_text(" ").split()).replace(" –", "–").replace("– ", "–")


def headings(page):
    return [int(each.name[1]) for each in page.main.find_all(re.compile("^h[1-6]$"))]


@pytest.mark.parametrize("document", documents.ALL.values(), ids=lambda document: document["type"])
def test_every_type_has_one_main_heading_and_skips_no_level(fetch, document):
    page = fetch(document["path"])
    assert page.h1.get_text() == document["title"]
    assert page.html["lang"] == "nb"
    levels = headings(page)
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("document", documents.ALL.values(), ids=lambda document: document["type"])
def test_nothing_that_a_strict_policy_forbids(fetch, document):
    page = fetch(document["path"])
    for element in page.find_all(True):
        assert "style" not in element.attrs
        assert not [name for name in element.attrs if name.startswith("on")]
    scripts = [each for each in page.find_all("script") if each.get("type") != "application/ld+json"]
    assert all(each["src"].startswith("/static/") for each in scripts)
    assert not page.find("iframe")


@pytest.mark.parametrize("document", documents.ALL.values(), ids=lambda document: document["type"])
def test_ids_are_unique(fetch, document):
    ids = [element["id"] for element in fetch(document["path"]).find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_first_image_is_eager_and_the_rest_lazy(fetch):
    first, *rest = fetch(NEWS).find_all("img")
    assert (first["fetchpriority"], first.get("loading")) == ("high", None)
    assert {each["loading"] for each in rest} == {"lazy"}
    assert all(each["sizes"] and each["width"] and each["height"] for each in (first, *rest))


def test_picture_offers_avif_then_webp_then_the_original(fetch):
    picture = fetch(NEWS).picture
    assert [source["type"] for source in picture.find_all("source")] == ["image/avif", "image/webp"]
    assert "/media/sal-320.jpg 320w" in picture.img["srcset"]


def test_alt_that_says_the_same_as_the_caption_is_not_read_twice(fetch):
    first, second, third = fetch(NEWS).select(".gallery li")
    assert (first.img["alt"], first.figcaption.get_text(" ", strip=True)) == ("", "Tre kvinner ved et bord Foto: Arkiv")
    assert second.img["alt"] == "Mann ved talerstol"
    assert (third.img["alt"], third.figcaption) == ("", None)


def test_enlarge_is_a_link_to_the_large_file_without_script(fetch):
    link = fetch(NEWS).select_one("a[data-enlarge]")
    assert link["href"] == "/media/sal-1600.jpg"


def test_unknown_block_shows_nothing(fetch):
    page = fetch(NEWS)
    assert "not_invented_yet" not in str(page)
    assert "Nothing may be shown" not in str(page)


def test_video_is_a_link_and_asks_nobody(fetch):
    link = fetch(NEWS).select_one("a[data-embed]")
    assert link["href"] == "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    assert link["data-embed"].startswith("https://www.youtube-nocookie.com/")
    assert "YouTube" in words(fetch(NEWS).select_one(".embed-note"))


def test_file_shows_type_and_size(fetch):
    assert words(fetch(NEWS).select_one(".file")).endswith("(PDF, 1,2 MB)")


def test_table_has_caption_and_scopes(fetch):
    table = fetch(NEWS).table
    assert table.caption.get_text() == "Innbyggere i arbeid"
    assert [each["scope"] for each in table.thead.find_all("th")] == ["col"] * 3
    assert [each.get_text() for each in table.find_all("th", scope="row")] == ["Hamar", "Lillehammer"]
    assert table.parent["tabindex"] == "0"


def test_parts_in_another_language_say_so(fetch):
    page = fetch(NEWS)
    assert page.find("blockquote", lang="en")
    assert page.find("a", href="/about/").parent["lang"] == "en"
    assert "lang" not in page.find("a", href="/prosjekter/kulturhjertet/").parent.attrs


def test_words_around_a_sami_page_are_marked_as_bokmal(fetch):
    page = fetch(EVENT, language="se")
    assert page.html["lang"] == "se"
    assert page.select_one(".skip")["lang"] == "nb"
    assert page.select_one(".facts dt")["lang"] == "nb"
    assert page.select_one(".site-name")["lang"] == "nb"


def test_english_page_has_english_dates_and_norwegian_menu(fetch):
    page = fetch(EVENT, language="en")
    assert "Thursday 31 January 2019, 09:00–11:30" in words(page.select_one(".facts"))
    assert page.select_one(".main-menu ul")["lang"] == "nb"
    assert "lang" not in page.select_one(".facts dt").attrs


def test_event_says_when_and_where(fetch):
    facts = words(fetch(EVENT).select_one(".facts"))
    assert "Torsdag 31. januar 2019 kl. 09.00–11.30" in facts or "torsdag 31. januar 2019 kl. 09.00–11.30" in facts
    assert "Kulturhuset Banken, Kirkegata 41, Lillehammer" in facts


def test_registration_ends_with_its_deadline(fetch):
    register = 'a[href="https://example.org/pamelding"]'
    assert fetch(EVENT, now="2019-01-20").select_one(register)
    assert not fetch(EVENT, now="2019-01-26").select_one(register)
    assert not fetch(EVENT, now="2019-03-01").select_one(register)


def test_teaser_of_several_days_leaves_out_the_times(fetch, monkeypatch):
    days = {"start": "2027-04-14T09:30:00+02:00", "end": "2027-04-15T12:30:00+02:00", "reason": "chosen"}
    monkeypatch.setitem(documents.EVENT, "related", [documents.event_summary(**days)])
    assert "14.–15. april 2027" in fetch(EVENT).select_one(".related .facts-line").get_text()


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({"name": "Kulturhuset Banken"}, "Kulturhuset Banken"),
        ({"municipality": documents.LILLEHAMMER}, "Lillehammer"),
        ({"address": "Kirkegata 41"}, "Kirkegata 41"),
    ],
)
def test_teaser_says_what_is_known_of_the_place(fetch, monkeypatch, known, shown):
    place = {"name": "", "address": "", "municipality": None} | known
    monkeypatch.setitem(documents.EVENT, "related", [documents.event_summary(place=place, reason="chosen")])
    assert fetch(EVENT).select(".related .facts-line > span")[-1].get_text() == shown


def test_programme_has_a_heading_per_day_and_times(fetch):
    programme = fetch(EVENT).select_one(".programme")
    assert [each.get_text() for each in programme.find_all("h3")] == [
        "Torsdag 31. januar 2019",
        "Fredag 1. februar 2019",
    ]
    first = programme.select_one(".slot")
    assert [each["datetime"] for each in first.find_all("time")] == ["2019-01-31T09:00", "2019-01-31T09:10"]
    assert words(first.select_one(".speakers")) == "Gunn Marit Helgesen , styreleder, KS"
    assert len(programme.select("ol")) == 2


def test_gatherings_are_as_precise_as_what_is_known(fetch):
    slots = fetch(documents.NETWORK["path"]).select(".gatherings .slot")
    assert [each.time["datetime"] if each.time else None for each in slots] == [None, "2024-05", "2024-08-29"]
    assert slots[2].a["href"] == "/arrangement/arbeidslivskonferansen/"


def test_json_ld_cannot_leave_its_script(fetch, monkeypatch):
    attack = [{"@type": "WebPage", "name": "</script><script>alert(1)</script>&"}]
    monkeypatch.setitem(documents.PAGE["seo"], "json_ld", attack)
    script = fetch("/om-oss/").find("script", type="application/ld+json")
    assert json.loads(script.string) == attack[0]


def test_head_has_absolute_addresses_and_languages(fetch, monkeypatch):
    translations = [
        {"locale": "nb", "title": "Om oss", "path": "/om-oss/", "url": "/om-oss/"},
        {"locale": "nn", "title": "Om oss", "path": "/nn/om-oss/", "url": "/nn/om-oss/"},
    ]
    monkeypatch.setitem(documents.PAGE, "translations", translations)
    page = fetch("/om-oss/")
    assert page.find("link", rel="canonical")["href"] == "http://testserver/om-oss/"
    assert page.find("meta", property="og:url")["content"] == "http://testserver/om-oss/"
    assert [each["hreflang"] for each in page.find_all("link", hreflang=True)] == ["nb", "nn"]
    assert words(page.select_one(".translations")) == "Nynorsk"


def test_text_from_documents_is_escaped(fetch, monkeypatch):
    monkeypatch.setitem(documents.PAGE, "title", "<b>Tittel</b> & mer")
    assert fetch("/om-oss/").h1.get_text() == "<b>Tittel</b> & mer"


def test_links_that_a_browser_should_not_follow_are_left_out(fetch, monkeypatch):
    block = {
        "id": "x",
        "type": "link_block",
        "value": {"icon": "external", "text": "Her", "link": documents.link("Her", "javascript:alert(1)")},
    }
    monkeypatch.setitem(documents.PAGE, "body", [block])
    assert "javascript:" not in str(fetch("/om-oss/"))


def test_type_without_a_template_shows_the_common_keys(fetch):
    page = fetch("/mat/romme/")
    assert page.find("img")
    assert page.find("a", href="/sok/?topic=arbeidsliv")
    assert page.select_one(".flow p")


def test_section_lists_pages_with_a_cursor(fetch):
    page = fetch("/arrangement/")
    assert len(page.select(".rows > li")) == 4
    assert page.find("a", rel="next")["href"] == "?cursor=more#list"
    assert page.find("a", href="/arrangement/tidligere/")


def test_empty_draft_renders(rf, settings):
    """A preview shows what is there, before anything is valid."""
    from cms.website.rendering import render_document

    settings.ROOT_URLCONF = "tests.unit.website.sample_site"
    for kind in documents.ALL:
        bare = {
            "type": kind,
            "title": "",
            "language": "nb",
            "path": "",
            "start": None,
            "programme": [{"title": "", "date": None}],
        }
        response = render_document(rf.get("/"), bare, site={}, navigation={}, preview=True)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"


def test_search_page_keeps_its_state_in_the_form(fetch):
    page = fetch("/sok/", q="konferanse", topic="arbeidsliv", order="title")
    assert page.find("input", id="q")["value"] == "konferanse"
    assert [each["value"] for each in page.find_all("input", checked=True)] == ["arbeidsliv"]
    assert page.find("input", type="hidden", attrs={"name": "order"})["value"] == "title"
    assert page.find("mark").get_text() == "Arbeidslivskonferansen"


def test_search_without_hits_offers_ways_on(fetch):
    page = fetch("/sok/", q="ingenting", topic="arbeidsliv")
    assert page.find("a", href="?q=inkludering&topic=arbeidsliv")
    assert page.select_one(".empty").find("a", href="?q=ingenting")


@pytest.mark.parametrize(("path", "status"), [("/finnes-ikke/", 404), ("/fjernet/", 410), ("/ikke-klar/", 503)])
def test_messages_have_their_status(client, settings, path, status):
    settings.ROOT_URLCONF = "tests.unit.website.sample_site"
    response = client.get(path)
    assert response.status_code == status
    assert b"<h1>" in response.content
