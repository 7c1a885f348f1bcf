"""Warnings are told after saving, with their place; they stop nothing."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from cms.content.validation import findings
from tests.integration.editing.conftest import Create, messages, only_event
from tests.integration.editing.forms import event, item, link, picture, post_data


def warned() -> set[str]:
    return {each.path for each in findings(only_event()) if each.grade == "warn"}


CASES: Mapping[str, tuple[dict[str, Any], str]] = {
    "no end": ({"end": ""}, "end"),
    "no place": ({"place": streamfield([])}, "place"),
    "no place for both": ({"place": streamfield([]), "attendance": "both"}, "place"),
    "deadline after start": ({"registration_deadline_date": "2027-02-01"}, "registration_deadline_date"),
    "deadline later that day": (
        {"registration_deadline_date": "2027-01-31", "registration_deadline_time": "12:00"},
        "registration_deadline_date",
    ),
    "item before the event": ({"programme": streamfield([item("A", "08:00", "10:00")])}, "programme[0].start"),
    "item after the event": ({"programme": streamfield([item("A", "11:00", "12:00")])}, "programme[0].end"),
    "skipped level": (
        {"body": streamfield([("heading", {"text": "A", "level": "2"}), ("heading", {"text": "B", "level": "4"})])},
        "body[1].level",
    ),
    "body that starts at level 3": ({"body": streamfield([("heading", {"text": "A", "level": "3"})])}, "body[0].level"),
    "link text": (
        {"body": streamfield([("paragraph", rich_text('<p><a href="https://ks.no/">Les mer</a></p>'))])},
        "body[0]",
    ),
    "link text in nynorsk": (
        {"body": streamfield([("paragraph", rich_text('<p><a href="https://ks.no/">les meir…</a></p>'))])},
        "body[0]",
    ),
    "text of a link block": (
        {
            "body": streamfield(
                [("link_block", {"icon": "sign-up", "text": "Klikk her!", "link": link(url="https://ks.no/")})]
            )
        },
        "body[0].text",
    ),
    "title of a link": (
        {
            "body": streamfield(
                [("link_block", {"icon": "sign-up", "text": "Ja", "link": link(url="https://ks.no/", title="Here")})]
            )
        },
        "body[0].link.title",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_warning_is_shown_and_the_page_goes_live(case: str, create: Create):
    fields, place = CASES[case]
    response = create("publish", **event(**fields))
    assert response.status_code == 302
    assert only_event().live
    assert warned() == {place}
    [warning] = [each for each in messages(response) if "<li>" in each]
    assert warning.count("<li>") == 1


def test_image_without_credit_and_with_alt_as_caption(create: Create, image):
    image.credit = ""
    image.save()
    create("publish", **event(image=streamfield([picture(image, alt="En sal", caption="en sal")])))
    assert warned() == {"image[0].alt", "image[0].credit"}


def test_nothing_is_said_about_a_page_without_faults(create: Create):
    response = create("publish", **event(registration_deadline_date="2027-01-31"))
    assert not warned()
    assert len(messages(response)) == 1


def test_autosave_leaves_no_messages(admin, section):
    url = reverse("wagtailadmin_pages:add", args=["articles", "event", section.pk])
    response = admin.post(
        url,
        post_data(title="Uferdig", status="planned", attendance="place"),
        headers={"accept": "application/json"},
    )
    assert response.json()["success"]
    assert response.json()["field_updates"]["slug"] == "uferdig"
    page = only_event()
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert not list(response.context["messages"])
