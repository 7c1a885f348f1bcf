"""Publishing through the form: each stop is shown at its place, and nothing that was typed is lost."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from articles.models import Event
from tests.integration.editing.conftest import Create, at, errors, only_event
from tests.integration.editing.forms import event, item, link, listed, person, picture


def test_event_with_programme_goes_live(create: Create, image):
    programme = [
        item("Velkommen", "09:00", "09:10", kind="welcome"),
        item("Foredrag", "09:10", "11:30", speakers=listed([person("Kari Nordmann", title="Direktør")])),
    ]
    response = create(
        "publish",
        **event(image=streamfield([picture(image, alt="En sal")]), programme=streamfield(programme)),
    )
    assert response.status_code == 302, errors(response)
    page = only_event()
    assert page.live
    assert [each.value["title"] for each in page.programme] == ["Velkommen", "Foredrag"]
    assert page.programme[1].value["speakers"][0]["name"] == "Kari Nordmann"


def test_missing_start_stops(create: Create):
    assert "start" in errors(create("publish", **event(start="")))


def test_end_before_start_stops(create: Create):
    assert "end" in errors(create("publish", **event(end="2027-01-31 08:00")))


def test_event_of_a_day_may_end_on_it(create: Create):
    response = create("publish", **event(all_day="on", start="2027-01-31 00:00", end="2027-01-31 00:00"))
    assert response.status_code == 302


PROGRAMMES: Mapping[str, tuple[list[Any], tuple[Any, ...]]] = {
    "outside the days": ([item("A", "09:00", "10:00", date="2027-02-01")], (0, "date")),
    "before the days": ([item("A", "09:00", "10:00", date="2027-01-30")], (0, "date")),
    "two at once": ([item("A", "09:00", "10:00"), item("B", "09:59", "10:30")], (1, "start")),
    "two at once in a track": (
        [item("A", "09:00", "10:00", track="Sal 1"), item("B", "09:30", track="sal 1 ")],
        (1, "start"),
    ),
    "past midnight": ([item("B", "23:30", "23:45"), item("A", "23:00", "01:00")], (0, "start")),
    "no title": ([item("", "09:00", "10:00")], (0, "title")),
    "no time": ([item("A", "")], (0, "start")),
    "speaker without name": ([item("A", "09:00", speakers=listed([person("")]))], (0, "speakers", 0, "name")),
}


@pytest.mark.parametrize("case", PROGRAMMES)
def test_programme_stops(case: str, create: Create):
    programme, place = PROGRAMMES[case]
    response = create("publish", **event(programme=streamfield(programme)))
    assert at(response, "programme", *place)
    assert not Event.objects.exists()


FINE: Mapping[str, list[Any]] = {
    "one after the other": [item("A", "09:00", "10:00"), item("B", "10:00", "11:00")],
    "two tracks": [item("A", "09:00", "10:00", track="Sal 1"), item("B", "09:00", "10:00", track="Sal 2")],
    "no end": [item("A", "09:00"), item("B", "09:30", "10:00")],
    "past midnight": [item("A", "23:00", "01:00")],
}


@pytest.mark.parametrize("case", FINE)
def test_programme_may(case: str, create: Create):
    assert create("publish", **event(programme=streamfield(FINE[case]))).status_code == 302


def test_image_neither_described_nor_decorative_stops(create: Create, image):
    response = create("publish", **event(image=streamfield([picture(image)])))
    assert at(response, "image", 0, "alt")


@pytest.mark.parametrize("field", ["alt", "decorative"])
def test_image_described_or_decorative_goes_live(field: str, create: Create, image):
    response = create("publish", **event(image=streamfield([picture(image, **{field: "on"})])))
    assert response.status_code == 302


def test_image_falls_back_to_its_own_description(create: Create, image):
    image.default_alt = "Tre personer ved et bord"
    image.save()
    assert create("publish", **event(image=streamfield([picture(image)]))).status_code == 302


def link_block(target: dict[str, Any]) -> dict[str, Any]:
    return streamfield([("link_block", {"icon": "sign-up", "text": "Meld deg på", "link": target})])


def test_link_without_target_stops(create: Create):
    response = create("publish", **event(body=link_block(link())))
    assert at(response, "body", 0, "link", "page")


def test_link_with_two_targets_stops(create: Create):
    response = create("publish", **event(body=link_block(link(url="https://ks.no/", email="post@ks.no"))))
    assert at(response, "body", 0, "link", "email")


def test_link_in_rich_text_to_a_deleted_page_stops(create: Create):
    body = [("paragraph", rich_text('<p><a linktype="page" id="9999">Programmet</a></p>'))]
    assert at(create("publish", **event(body=streamfield(body))), "body", 0)


def test_link_to_a_page_deleted_since_stops(create: Create, edit: Create, home):
    target = home.add_child(instance=Event(title="Mål", start="2027-01-01T09:00+01:00", live=False))
    create("publish", **event(body=link_block(link(page=str(target.pk)))))
    page = Event.objects.get(title="Frokostseminar")
    Page.objects.get(pk=target.pk).delete()
    response = edit(page, "publish", **event(body=link_block(link(page=str(target.pk)))))
    assert at(response, "body", 0, "link", "page")


def test_reserved_address_stops_beside_the_sections(admin, home, section):
    from tests.integration.editing.forms import post_data

    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", home.pk])
    response = admin.post(url, post_data("publish", title="Medier", slug="media"))
    assert "slug" in errors(response)
    assert admin.post(url, post_data(title="Medier", slug="media")).status_code == 302, "a draft is free"


def test_period_that_ends_before_it_starts_stops(create: Create):
    fields = {"title": "Prosjekt", "slug": "prosjekt", "status": "ongoing", "results": rich_text("")}
    response = create("publish", "articles/showcase", **fields, period_start="2024-05", period_end="2023")
    assert "period_end" in errors(response)
    response = create("publish", "articles/showcase", **fields, period_start="2024-05", period_end="2024")
    assert response.status_code == 302


def test_all_stops_at_once_and_nothing_typed_is_lost(create: Create, image):
    response = create(
        "publish",
        **event(
            start="31. januar",
            end="2027-01-31 11:30",
            summary="Alt jeg skrev",
            image=streamfield([picture(image, caption="Bildetekst")]),
            programme=streamfield([item("Lang tittel", "ni"), item("", "09:00", speakers=listed([person("Ola")]))]),
            body=streamfield([("paragraph", rich_text("<p>Et avsnitt</p>")), ("heading", {"text": "", "level": "2"})]),
        ),
    )
    assert set(errors(response)) == {"start", "image", "programme", "body"}
    assert at(response, "programme", 0, "start")
    assert at(response, "programme", 1, "title")
    assert at(response, "body", 1, "text")
    assert at(response, "image", 0, "alt")
    html = response.content.decode()
    for typed in ("31. januar", "Alt jeg skrev", "Bildetekst", "Lang tittel", "Ola", "Et avsnitt", "&quot;ni&quot;"):
        assert typed in html, typed
    assert not Event.objects.exists()


def test_missing_and_clashing_items_are_shown_together(create: Create):
    programme = [item("A", "09:00", "10:00"), item("", "09:30", "10:00")]
    response = create("publish", **event(programme=streamfield(programme)))
    assert at(response, "programme", 1, "title")
    assert at(response, "programme", 1, "start")
