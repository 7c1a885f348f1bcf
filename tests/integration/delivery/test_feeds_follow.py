from __future__ import annotations

from django.test import Client, override_settings

from cms.publishing.notes import note
from tests.integration.delivery.reading import atom
from tests.integration.publishing import site


def test_before_anything_is_published(db):
    response = Client().get("/feeds/all.atom")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")


def test_id_stays_when_the_page_moves_is_renamed_or_the_site_gets_another_host(home):
    old, new = site.add(home, site.section("Nyheter")), site.add(home, site.section("Aktuelt"))
    page = site.add(old, site.news("Sak"))
    site.work()
    before = atom("/feeds/news.atom").entries[0]
    site.publish(page, title="Ny tittel", slug="ny")
    site.move(page, new)
    with override_settings(PUBLIC_URL="https://www.example.org"):
        site.work()
        after = atom("/feeds/news.atom").entries[0]
    assert (after.title, after.id) == ("Ny tittel", before.id)
    assert after.link.endswith("/aktuelt/ny/")
    assert after.updated >= before.updated


def test_hidden_pages_are_in_no_feed(home):
    page = site.add(home, site.news("Synlig", noindex=True))
    site.draft(page, title="UTKAST")
    site.add(home, site.news("SKJULT"), live=False)
    gone = site.add(home, site.news("BORTE", body=site.stream(site.link_text(page))))
    site.work()
    site.unpublish(gone)
    site.work()
    for url in ("/feeds/all.atom", "/feeds/all.json", "/feeds/news.atom"):
        text = Client().get(url).content.decode()
        assert "Synlig" in text
        assert not [word for word in ("UTKAST", "SKJULT", "BORTE") if word in text]


def test_any_character_is_well_formed(home):
    odd = "Blåbær & <øl> \x0b\x1f\ufffe 😀 ]]>"
    page = site.add(home, site.news("Tegn"))
    fields = {"title": odd, "summary": odd, "body": site.stream(("heading", {"text": odd, "level": "2"}))}
    page.__class__.objects.filter(pk=page.pk).update(**fields)
    note(f"page:{page.pk}", "test")
    site.work()
    entry = atom("/feeds/news.atom").entries[0]
    assert entry.title == "Blåbær & <øl>  😀 ]]>"
    assert "Blåbær &amp; &lt;øl&gt;  😀 ]]&gt;" in entry.content[0].value
