"""A package that comes again: what is as it says stays untouched, the rest is brought up to date."""

from __future__ import annotations

from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, Site

from cms.content.models import ContentImage, Topic
from tests.integration.packages import sample
from tests.integration.packages.conftest import Import


def state() -> list[Any]:
    return [
        list(Page.objects.order_by("pk").values_list("pk", "path", "latest_revision", "last_published_at")),
        list(ContentImage.objects.order_by("pk").values_list("pk", "title", "file")),
        [each.objects.count() for each in (Revision, PageLogEntry, ModelLogEntry, Topic, get_document_model())],
    ]


def test_the_same_package_twice_changes_nothing(load: Import, content: Any) -> None:
    load(content)
    before = state()
    report = load(content)
    assert not report.changed
    assert state() == before


def test_the_same_drafts_twice_change_nothing(load: Import, content: Any) -> None:
    load(content, publish=False)
    before = state()
    assert not load(content, publish=False).changed
    assert state() == before


def test_only_the_page_that_differs_is_published_again(load: Import, content: Any, page: Any) -> None:
    load(content)
    content["pages"][sample.EVENT]["summary"] = "Om kraft og nett"
    report = load(content)
    assert report.pages.published == ["/arrangement/fagdag/"]
    assert page("/arrangement/fagdag/").summary == "Om kraft og nett"
    assert page("/arrangement/fagdag/").revisions.count() == 2


def test_blocks_keep_their_ids_when_the_page_changes(load: Import, content: Any, page: Any) -> None:
    load(content)
    before = [block.id for block in page("/arrangement/fagdag/").body]
    content["pages"][sample.EVENT]["body"][0]["value"]["text"] = "Historie"
    load(content)
    assert [block.id for block in page("/arrangement/fagdag/").body] == before


def test_a_key_left_out_gets_its_default(load: Import, content: Any, page: Any) -> None:
    load(content)
    for key in ("summary", "place", "topics", "registration_deadline", "seo", "report"):
        del content["pages"][sample.EVENT][key]
    load(content)
    event = page("/arrangement/fagdag/")
    assert (event.summary, len(event.place), event.topics.count()) == ("", 0, 0)
    assert (event.registration_deadline_date, event.search_description, event.report) == (None, "", None)


def test_an_editors_change_is_overwritten_and_stays_in_the_history(load: Import, content: Any, page: Any) -> None:
    load(content)
    article = page("/nyheter/referat/")
    article.title = "Et annet"
    edited = article.save_revision()
    edited.publish()
    load(content)
    assert page("/nyheter/referat/").title == "Referat"
    assert edited in page("/nyheter/referat/").revisions.all()


def test_an_editors_draft_stays_where_the_live_page_is_right(load: Import, content: Any, page: Any) -> None:
    load(content)
    article = page("/nyheter/referat/")
    article.title = "Kladd"
    draft = article.save_revision()
    assert not load(content).changed
    assert page("/nyheter/referat/").latest_revision == draft


def test_what_only_looks_different_in_the_editor_is_no_change(load: Import, content: Any, page: Any) -> None:
    """The rich text editor leaves marks that nobody sees."""
    load(content)
    event = page("/arrangement/fagdag/")
    event.body[1].value.source = event.body[1].value.source.replace("<p>", '<p data-block-key="a1b2c">')
    event.save_revision().publish()
    assert not load(content).changed


def test_new_siblings_find_their_place(load: Import, content: Any, site: Site) -> None:
    load(content)
    content["pages"].insert(1, {"type": "page", "path": "/aller-foerst/", "title": "Først"})
    report = load(content)
    slugs = [child.slug for child in Page.objects.child_of(site.root_page).order_by("path")]
    assert slugs == ["aller-foerst", "om-oss", "arrangement", "nyheter", "prosjekter", "nettverk"]
    assert report.pages.published == ["/aller-foerst/"]


def test_a_changed_image_text_updates_the_image(load: Import, content: Any) -> None:
    load(content)
    content["images"]["sal"]["credit"] = "Ola"
    report = load(content)
    assert report.others == 1
    assert ContentImage.objects.get(title="Salen").credit == "Ola"


def test_what_a_package_does_not_say_of_an_image_stays(load: Import, content: Any) -> None:
    load(content)
    ContentImage.objects.filter(title="Mjøsa").update(credit="Per")
    assert not load(content).changed
    assert ContentImage.objects.get(title="Mjøsa").credit == "Per"


def test_two_keys_with_the_same_file_are_two_images(load: Import, content: Any) -> None:
    content["images"]["sal-2"] = {**content["images"]["sal"], "title": "Salen igjen", "credit": "Per"}
    load(content)
    assert ContentImage.objects.count() == 3
    assert not load(content).changed
