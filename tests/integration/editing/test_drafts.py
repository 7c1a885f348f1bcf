"""A draft saves with anything; only a title is needed."""

from wagtail.test.utils.form_data import rich_text, streamfield

from articles.models import Event
from tests.integration.editing.conftest import Create, at, messages, only_event
from tests.integration.editing.forms import event, item, link, picture


def test_draft_needs_a_title_and_nothing_else(create: Create):
    response = create(title="Bare en tittel", status="planned", attendance="place")
    assert response.status_code == 302
    page = only_event()
    assert (page.title, page.live, page.start) == ("Bare en tittel", False, None)


def test_draft_of_a_title_without_letters_has_an_address(create: Create):
    assert create(title="🎉", status="planned", attendance="place").status_code == 302
    assert create(title="🎉🎉", status="planned", attendance="place").status_code == 302
    assert Event.objects.filter(slug__in=["event", "event-2"]).count() == 2


def test_second_page_of_the_same_title_gets_an_address_of_its_own(create: Create):
    for _ in range(2):
        assert create("publish", **event()).status_code == 302
    assert set(Event.objects.values_list("slug", flat=True)) == {"frokostseminar", "frokostseminar-2"}


def test_draft_without_title_says_so(create: Create):
    response = create(title="")
    assert "title" in response.context["form"].errors


def test_draft_keeps_what_would_stop_publishing(create: Create, image):
    response = create(
        **event(
            end="2027-01-30 09:00",
            stream_url="ikke en adresse",
            image=streamfield([picture(image)]),
            programme=streamfield([item("A", "09:00", "10:00"), item("", "09:30", "10:00", date="2028-01-01")]),
            body=streamfield(
                [
                    ("link_block", {"icon": "sign-up", "text": "", "link": link(url="tull", email="heller ikke")}),
                    ("paragraph", rich_text('<p><a linktype="page" id="9999">Les mer</a></p>')),
                ]
            ),
        )
    )
    assert response.status_code == 302, response.context["form"].errors
    draft = only_event().get_latest_revision_as_object()
    assert draft.end < draft.start
    assert draft.stream_url == "ikke en adresse"
    assert draft.programme[1].value["title"] == ""
    assert draft.body[0].value["link"]["url"].endswith("tull")
    assert draft.body[0].value["link"]["email"] == "heller ikke"


def test_draft_with_a_date_that_is_none_points_at_it_and_keeps_the_rest(create: Create):
    response = create(**event(programme=streamfield([item("A", "klokka ni")])))
    assert at(response, "programme", 0, "start")
    assert "klokka ni" in response.content.decode()


def test_draft_tells_what_publishing_will_need(create: Create):
    response = create(title="Bare en tittel", status="planned", attendance="digital")
    assert any("Start" in message for message in messages(response))


def test_draft_of_a_live_page_saves_with_anything_and_the_page_stays(create: Create, edit: Create):
    create("publish", **event())
    page = only_event()
    assert page.live
    response = edit(page, **event(start="", end="2020-01-01 09:00", title="Halvferdig"))
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    assert page.live
    assert page.title == "Frokostseminar"
    assert page.get_latest_revision_as_object().start is None


def test_new_page_takes_the_language_of_the_page_above(create: Create, section):
    section.language = "nn"
    section.save_revision().publish()
    create(title="Nynorsk")
    assert only_event().language == "nn"
