"""The preview panel shows what the form holds now, through the templates of the live page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from articles.models import Event, NewsArticle
from cms.content.models import ContentImage
from cms.publishing.projector import Projector
from home.models import SectionPage
from tests.integration.editing.forms import post_data


@pytest.fixture(autouse=True)
def published(section: SectionPage) -> None:
    Projector().drain()


def preview(admin: Client, url: str, data: dict[str, Any]) -> str:
    assert admin.post(url, data).json()["is_valid"]
    response = admin.get(url, {"mode": ""})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_draft_of_a_saved_page_is_shown_and_stays_a_draft(admin: Client, section: SectionPage) -> None:
    page = section.add_child(instance=NewsArticle(title="Utkast", slug="utkast", live=False))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    html = preview(admin, url, post_data(title="Ny tittel som ikke er lagret", slug="utkast", kind="news"))
    assert "<h1" in html
    assert "Ny tittel som ikke er lagret" in html
    assert Client().get("/arrangement/utkast/").status_code == 404


def test_page_that_was_never_saved_is_shown(admin: Client, section: SectionPage) -> None:
    url = reverse("wagtailadmin_pages:preview_on_add", args=["articles", "event", section.pk])
    data = post_data(title="Fagdag", slug="fagdag", start="2027-03-04 09:00", status="planned", attendance="place")
    html = preview(admin, url, data)
    assert "Fagdag" in html
    assert not Event.objects.exists()


def test_pictures_of_a_draft_come_from_where_only_editors_see_them(
    admin: Client, section: SectionPage, image: ContentImage
) -> None:
    page = section.add_child(instance=NewsArticle(title="Utkast", slug="utkast", live=False))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    use = {"image": str(image.pk), "alt": "Folk i en sal", "decorative": "", "caption": "", "credit": ""}
    html = preview(
        admin, url, post_data(title="Utkast", slug="utkast", kind="news", image=streamfield([("image", use)]))
    )
    assert "/admin/media/images/" in html
    source = html.partition('src="/admin/media/')[2].partition('"')[0]
    assert admin.get(f"/admin/media/{source}").status_code == 200
    assert Client().get(f"/admin/media/{source}").status_code == 302
    assert Client().get(f"/media/{source}").status_code == 404
