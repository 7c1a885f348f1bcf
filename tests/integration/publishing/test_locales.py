"""A site with a tree of pages for each locale, and a second site beside it."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Locale, Site

from cms.content.site_settings import SiteSettings
from home.models import HomePage
from tests.integration.publishing.site import (
    add,
    cards,
    detail,
    link_text,
    link_value,
    listing,
    news,
    plain,
    publish,
    related,
    section,
    stream,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


@pytest.fixture
def english(home, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("nb", "Norsk"), ("en", "English")]
    settings.LOCALES = ["nb", "en"]
    return Locale.objects.create(language_code="en")


@pytest.fixture
def trees(home, english):
    """Norwegian pages with their English translations, all live."""
    pages = {"home": home, "news": add(home, section("Nyheter", show_in_menus=True))}
    pages["article"] = add(pages["news"], news("Ny bru", body=stream(link_text(pages["news"]))))
    pages["privacy"] = add(home, plain("Personvern"))
    SiteSettings.objects.create(
        site=Site.objects.get(), privacy=pages["privacy"], footer_menu=stream(("link", link_value(pages["news"])))
    )
    for name, title in (("home", "Home"), ("news", "News"), ("article", "New bridge"), ("privacy", "Privacy")):
        translated = pages[name].specific.copy_for_translation(english)
        pages[f"{name}_en"] = translated
        publish(translated, title=title, **({} if name == "home" else {"slug": title.lower().replace(" ", "-")}))
    work()
    return pages


def get(path, **headers):
    return Client().get(path, headers=headers)


def test_translation_is_in_its_language_and_place(trees):
    found = detail(trees["article_en"])
    assert (found["locale"], found["language"], found["path"]) == ("en", "en", "/en/news/new-bridge/")
    assert [each["path"] for each in found["breadcrumbs"]] == ["/en/", "/en/news/"]
    assert found["seo"]["json_ld"][0]["inLanguage"] == "en"


def test_lists_are_of_all_trees_or_of_one(trees):
    def paths(url):
        return {each["path"] for each in get(url).json()["results"]}

    assert paths("/api/v1/news/") == {"/nyheter/ny-bru/", "/en/news/new-bridge/"}
    assert paths("/api/v1/news/?locale=en") == {"/en/news/new-bridge/"}
    assert paths("/api/v1/content/?under=/en/&type=news-article") == {"/en/news/new-bridge/"}
    assert get("/api/v1/resolve/?path=/en/news/new-bridge").json()["document"]["id"] == trees["article_en"].pk


def test_listing_names_pages_of_its_own_tree(trees):
    query = {"types": ["news-article"], "order": "newest", "when": "", "topic": "", "municipality": "", "under": None}
    for page in (trees["news"], trees["news_en"]):
        publish(page, body=stream(listing("news-article")), listing=stream(("listing", query)))
    elsewhere = publish(
        trees["privacy_en"], body=stream(listing("news-article", under=trees["news"].pk), listing(order="title"))
    )
    work()
    for page, locale, path in (
        (trees["news"], "nb", "/nyheter/ny-bru/"),
        (trees["news_en"], "en", "/en/news/new-bridge/"),
    ):
        found = detail(page)
        value = found["body"][0]["value"]
        assert [each["path"] for each in value["results"]] == [path]
        assert [each["path"] for each in get(value["api_url"]).json()["results"]] == [path]
        assert found["listing"]["filters"] == {"locale": [locale]}
        assert [each["path"] for each in get(found["listing"]["api_url"]).json()["results"]] == [path]
    below, everything = (block["value"]["results"] for block in detail(elsewhere)["body"])
    assert [each["path"] for each in below] == ["/nyheter/ny-bru/"], "an editor chose where to look"
    assert {each["locale"] for each in everything} == {"en"}


def test_menus_and_settings_of_each_tree(trees):
    norwegian, english = get("/api/v1/navigation/").json(), get("/api/v1/navigation/?locale=en").json()
    assert [item["path"] for item in norwegian["main"]] == ["/nyheter/"]
    assert [item["path"] for item in english["main"]] == ["/en/news/"]
    assert [item["title"] for item in english["footer"]] == ["News"]
    assert get("/api/v1/site/").json()["privacy"]["path"] == "/personvern/"
    assert get("/api/v1/site/?locale=en").json()["privacy"] | {"id": 0} == {
        "kind": "page",
        "title": "Privacy",
        "url": "/en/privacy/",
        "path": "/en/privacy/",
        "id": 0,
        "type": "page",
    }
    assert get("/api/v1/navigation/?locale=nb").json() == norwegian


def test_menu_follows_its_tree(trees):
    cursor = get("/api/v1/changes/?limit=100").json()["cursor"]
    publish(trees["news_en"], title="Latest")
    work()
    assert get("/api/v1/navigation/?locale=en").json()["main"][0]["title"] == "Latest"
    changes = get(f"/api/v1/changes/?after={cursor}").json()["results"]
    assert "navigation" in [each["kind"] for each in changes]


def test_tree_whose_home_page_is_withdrawn_has_no_menu(trees):
    unpublish(trees["home_en"])
    work()
    assert get("/api/v1/navigation/?locale=en").status_code == 400
    publish(trees["home_en"])
    work()
    assert get("/api/v1/navigation/?locale=en").status_code == 200


def test_locale_without_a_tree_is_told(home, english):
    work()
    answer = get("/api/v1/navigation/?locale=en")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "locale")


def test_page_of_a_tree_has_its_menu_and_its_way_to_the_translation(trees):
    html = get("/en/news/new-bridge/").content.decode()
    assert '<html lang="en">' in html
    assert 'href="/en/news/"' in html
    assert 'class="site-name" href="/en/"' in html
    assert 'hreflang="nb"' in html
    assert "Skip to main content" in html


def test_translations_are_named_by_the_host_of_the_canonical_address_whatever_a_proxy_asks_for(trees, settings):
    settings.ALLOWED_HOSTS = ["*"]
    html = get("/en/news/new-bridge/", host="10.0.0.7:8000").content.decode()
    assert '<link rel="canonical" href="http://localhost/en/news/new-bridge/">' in html
    assert '<link rel="alternate" hreflang="nb" href="http://localhost/nyheter/ny-bru/">' in html


def test_address_of_a_tree_is_taken(trees):
    from cms.content.validation import PublishingStopped

    with pytest.raises(PublishingStopped):
        add(trees["home"], plain("Noe", slug="en"))


@pytest.fixture
def other_site(home):
    root = home.get_parent().add_child(instance=HomePage(title="Fylket", slug="fylket"))
    root.save_revision().publish()
    return Site.objects.create(hostname="fylket.example", port=80, site_name="Fylket", root_page=root)


def test_language_with_a_domain_of_its_own(trees, settings):
    """A site whose root is the translation of another site's root has that tree."""
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.create(hostname="english.example", port=80, site_name="In English", root_page=trees["home_en"])
    work()
    there = {"host": "english.example"}
    found = get("/api/v1/resolve/?path=/news/new-bridge/", **there).json()["document"]
    assert (found["id"], found["locale"], found["path"]) == (trees["article_en"].pk, "en", "/news/new-bridge/")
    assert [(each["locale"], each["url"]) for each in found["translations"]] == [
        ("en", "/news/new-bridge/"),
        ("nb", "http://localhost/nyheter/ny-bru/"),
    ]
    about = get("/api/v1/site/", **there).json()
    assert (about["locales"], about["default_locale"]) == (["en"], "en")
    assert get("/api/v1/site/?locale=en", **there).json() == about
    assert get("/api/v1/site/?locale=nb", **there).status_code == 400
    assert [item["path"] for item in get("/api/v1/navigation/", **there).json()["main"]] == ["/news/"]
    html = get("/news/new-bridge/", **there).content.decode()
    assert '<html lang="en">' in html
    assert 'class="site-name" href="/"' in html
    assert '<a href="http://localhost/nyheter/ny-bru/" hreflang="nb"' in html
    assert get("/api/v1/resolve/?path=/en/news/").json()["location"] == "http://english.example/news/"
    assert get("/api/v1/site/").json()["locales"] == ["nb"]
    assert get("/api/v1/navigation/?locale=en").status_code == 400


def test_sites_share_nothing_but_links(home, other_site, settings):
    settings.ALLOWED_HOSTS = ["*"]
    own = add(home, plain("Kontakt"))
    others = add(other_site.root_page, plain("Kontakt", body=stream(link_text(own), cards(own))))
    work()
    assert get("/api/v1/resolve/?path=/kontakt/").json()["document"]["id"] == own.pk
    assert get("/api/v1/resolve/?path=/kontakt/", host="fylket.example").json()["document"]["id"] == others.pk
    assert get("/api/v1/resolve/?path=/kontakt/&site=fylket.example").json()["document"]["id"] == others.pk
    assert get(f"/api/v1/content/{others.pk}/").status_code == 404
    there = get(f"/api/v1/content/{others.pk}/?site=fylket.example").json()
    link = there["body"][0]["value"]["links"][0]
    assert (link["url"], link["path"]) == ("http://localhost/kontakt/", None)
    assert get("/api/v1/pages/?site=fylket.example").json()["results"][0]["id"] == others.pk
    assert b"Fylket" in get("/kontakt/", host="fylket.example").content


def test_addresses_in_what_another_site_publishes_lead_to_it_from_the_default_host(home, other_site):
    own = add(home, plain("Kontakt"))
    upcoming = listing("event", order="soonest", when="upcoming")
    page = add(other_site.root_page, plain("Forside", body=stream(cards(own), upcoming)))
    work()
    there = get(f"/api/v1/content/{page.pk}/?site=fylket.example").json()
    assert there["api_url"] == f"/api/v1/content/{page.pk}/?site=fylket.example"
    assert get(there["api_url"]).json() == there == get(there["api_url"], host="fylket.example").json()
    assert there["similar_url"] == f"/api/v1/search/?similar_to={page.pk}&site=fylket.example"
    listed = there["body"][1]["value"]["api_url"]
    assert listed.startswith("/api/v1/events/?when=upcoming")
    assert listed.endswith("&site=fylket.example")
    card = there["body"][0]["value"]["items"][0]["page"]["api_url"]
    assert card == f"/api/v1/content/{own.pk}/?site=localhost"
    assert get(card, host="fylket.example").json()["title"] == "Kontakt"
    assert get(f"/api/v1/content/{own.pk}/").json()["api_url"] == f"/api/v1/content/{own.pk}/"
    entries = get("/api/v1/changes/?site=fylket.example").json()["results"]
    assert [get(entry["api_url"]).status_code for entry in entries] == [200] * len(entries)


@pytest.mark.parametrize("public_url", ["", "https://www.example.no"])
def test_the_website_leads_to_pages_of_other_sites(home, other_site, settings, public_url):
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = ["*"], public_url
    own = add(home, plain("Kontakt"))
    beside = add(other_site.root_page, plain("Om fylket"))
    add(other_site.root_page, plain("Forside", body=stream(cards(own), link_text(own)), related=related(own, beside)))
    work()
    html = get("/forside/", host="fylket.example").content.decode()
    assert f'href="{public_url or "http://localhost"}/kontakt/"' in html
    assert 'href="/om-fylket/"' in html
    assert 'href="/kontakt/"' not in html


def test_page_moves_from_site_to_site(home, other_site, settings):
    page = add(home, plain("Vandrer"))
    work()
    page.move(other_site.root_page, pos="last-child")
    work()
    assert get("/api/v1/resolve/?path=/vandrer/").json()["location"] == "http://fylket.example/vandrer/"
    assert get("/api/v1/resolve/?path=/vandrer/&site=fylket.example").json()["document"]["id"] == page.pk
