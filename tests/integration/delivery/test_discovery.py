from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Locale, Site

from cms.delivery.discovery import sitemap
from cms.publishing.models import PublishedSite
from cms.publishing.sites import publish_sites
from tests.integration.publishing import site as pages

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def tree(url: str = "/sitemap.xml", **headers: Any) -> ElementTree.Element:
    response = Client().get(url, headers=headers)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def locations(url: str = "/sitemap.xml", **headers: Any) -> list[str]:
    return [str(each.text) for each in tree(url, **headers).iter(f"{SITEMAP}loc")]


def text(url: str, **headers: Any) -> str:
    response = Client().get(url, headers=headers)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


@pytest.fixture
def small(home: Any) -> Any:
    section = pages.add(home, pages.section("Nyheter", show_in_menus=True, summary="Alt [nytt]\nher"))
    image = pages.add_image()
    pages.add(section, pages.news("Blåbær & <øl>", slug="blåbær", image=pages.main_image(image)))
    pages.add(section, pages.news("SKJULT", noindex=True))
    pages.add(section, pages.news("KLADD"), live=False)
    pages.unpublish(pages.add(section, pages.news("BORTE")))
    pages.work()
    publish_sites()
    return section


def test_sitemap_has_the_pages_that_search_engines_may_show(small):
    found = tree()
    assert found.tag == f"{SITEMAP}urlset"
    assert locations() == [
        "http://localhost/",
        "http://localhost/nyheter/",
        "http://localhost/nyheter/bl%C3%A5b%C3%A6r/",
    ]
    url = found.findall(f"{SITEMAP}url")[-1]
    document = Client().get("/api/v1/resolve/?path=/nyheter/blåbær/").json()["document"]
    image = url.findtext(f"{IMAGE}image/{IMAGE}loc")
    assert image == f"http://localhost{document['image']['original']['src']}"
    assert str(url.findtext(f"{SITEMAP}lastmod")) >= document["last_published_at"]
    assert url.find(f"{XHTML}link") is None


def test_large_sitemap_has_parts(small, monkeypatch):
    whole = locations()
    monkeypatch.setattr(sitemap, "PART", 2)
    index = tree()
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [url.removeprefix("http://localhost") for url in locations()]
    assert len(parts) > 1
    assert [url for part in parts for url in locations(part)] == whole
    for number in ("999999", "9" * 15, "x"):
        assert Client().get(f"/sitemap-{number}.xml").status_code == 404


def test_translations_are_alternates(home):
    with override_settings(WAGTAIL_I18N_ENABLED=True, WAGTAIL_CONTENT_LANGUAGES=[("nb", "Norsk"), ("en", "English")]):
        english = Locale.objects.create(language_code="en")
        pages.publish(home.copy_for_translation(english))
        pages.work()
        urls = tree().findall(f"{SITEMAP}url")
        links = [{link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")} for url in urls]
    assert links == [{"nb": "http://localhost/", "en": "http://localhost/en/"}] * 2


def test_each_host_has_its_own(small):
    other = pages.add(small.get_parent().get_parent(), pages.plain("Annet nettsted", slug="annet"))
    Site.objects.create(hostname="annet.example", port=443, root_page=other, site_name="Annet")
    pages.work()
    publish_sites()
    with override_settings(ALLOWED_HOSTS=["*"]):
        for url, headers in (("", {"host": "annet.example"}), ("?site=annet.example", {})):
            assert locations(f"/sitemap.xml{url}", **headers) == ["https://annet.example/"]
            assert "Sitemap: https://annet.example/sitemap.xml\n" in text(f"/robots.txt{url}", **headers)
            assert text(f"/llms.txt{url}", **headers).startswith("# Annet\n")
    assert not [url for url in locations() if "annet" in url]


def test_robots(small):
    lines = text("/robots.txt").splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_site_closed_to_search_engines(small):
    with override_settings(SITE_NOINDEX=True):
        client = Client()
        assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
        for url in ("/", "/robots.txt", "/api/v1/content/", "/admin/login/"):
            assert client.get(url)["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in Client().get("/")


def test_llms_txt_leads_to_sections_and_pages(small):
    lines = text("/llms.txt").splitlines()
    assert lines[0] == "# Formidle"
    assert "## Nyheter" in lines
    assert "- [Nyheter](http://localhost/nyheter/): Alt \\[nytt\\] her" in lines
    assert "- [Blåbær & \\<øl\\>](http://localhost/nyheter/bl%C3%A5b%C3%A6r/)" in lines
    assert lines.index("## Optional") < lines.index("- [API](http://localhost/api/v1/docs/)")
    assert not [line for line in lines if "SKJULT" in line or "KLADD" in line or "BORTE" in line]


def test_llms_txt_without_a_menu(home):
    pages.add(home, pages.news("Sak"))
    pages.work()
    assert "## Nyhetssaker\n\n- [Sak](http://localhost/sak/)\n" in text("/llms.txt")


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/llms.txt", "/calendar/events.ics"])
def test_strict_cached_and_honest_about_not_being_built(home, path):
    first = Client().get(path)
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Cache-Tag"]
    assert Client().get(f"{path}?sitee=x").json()["errors"][0]["parameter"] == "sitee"
    assert Client().post(path).status_code == 405
    PublishedSite.objects.all().delete()
    response = Client().get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_pages_lead_to_their_feeds_and_calendars(small):
    def head(path: str) -> str:
        return Client().get(path).content.decode()

    event = pages.add(small, pages.event("Fagdag", slug="fagdag", start=timezone.now() + timedelta(days=1)))
    pages.work()
    calendar = f'href="/calendar/events/{event.pk}.ics"'
    assert 'href="/feeds/all.atom"' in head("/")
    assert 'href="/feeds/all.atom?under=/nyheter/"' in head("/nyheter/")
    assert "?under=" not in head("/") + head("/nyheter/fagdag/")
    assert head("/nyheter/fagdag/").count(calendar) == 2
    pages.publish(event, start=timezone.now() - timedelta(days=9))
    pages.work()
    assert head("/nyheter/fagdag/").count(calendar) == 1


def test_root_of_the_api_leads_to_them(small, api):
    links = api.get("")["links"]
    for name in ("feed", "json_feed", "sitemap", "robots", "llms"):
        assert Client().get(links[name]).status_code == 200
