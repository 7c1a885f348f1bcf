"""Editors meet a plugin's type as any other."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from formidle_library.models import Vacancy
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.publishing.models import Document

STREAMS = ("image", "body", "related", "place", "qualifications", "offer", "contacts")


def form(**fields: Any) -> dict[str, str]:
    given = {
        "title": "Bibliotekar",
        "slug": "bibliotekar",
        "employer": "Lillehammer bibliotek",
        "employment": "permanent",
        "opens": "2026-02-01 00:00",
        "closes": "2026-03-01 23:59",
        **{name: streamfield([]) for name in STREAMS},
        **fields,
    }
    return nested_form_data(given) | {"action-publish": "publish"}


def add_url(site: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["formidle_library", "vacancy", site.home.pk])


def test_it_is_offered_below_the_home_page(site: Any, admin: Client) -> None:
    response = admin.get(reverse("wagtailadmin_pages:add_subpage", args=[site.home.pk]))
    assert add_url(site) in response.content.decode()


def test_its_form_shows_its_panels(site: Any, admin: Client) -> None:
    html = admin.get(add_url(site)).content.decode()
    assert all(text in html for text in ("Applications from", "What we offer", "Per cent of full time", "Salary"))


def test_it_is_published_from_its_form(site: Any, admin: Client, api: Any) -> None:
    offer = streamfield(
        [
            ("paragraph", rich_text("<p>Et godt arbeidsmiljø.</p>")),
            ("salary", {"least": "520000", "most": "600000", "unit": "year", "text": ""}),
        ]
    )
    response = admin.post(add_url(site), form(offer=offer))
    assert response.status_code == 302, response.context["form"].errors
    site.follow()
    page = Vacancy.objects.get()
    paragraph, salary = api(f"content/{page.pk}/")["offer"]
    assert paragraph["value"]["html"] == "<p>Et godt arbeidsmiljø.</p>"
    assert salary["value"] == {"range": {"least": 520000, "most": 600000}, "unit": "year", "text": ""}


def test_what_the_plugin_says_stops_publishing(site: Any, admin: Client) -> None:
    response = admin.post(add_url(site), form(closes="2026-01-01 12:00"))
    assert "Applications close before they open." in response.content.decode()
    site.follow()
    assert not Document.objects.filter(type="vacancy").exists()
