"""Pages that are built in one batch read ahead together; what one of them changes, the next must not read as it was."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publishing.models import Change, Note
from cms.publishing.notes import Priority, note
from cms.publishing.projector import Projector
from tests.integration.publishing.site import (
    add,
    add_image,
    cards,
    detail,
    link_text,
    main_image,
    news,
    plain,
    publish,
    related,
    resolve,
    stream,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


def one_batch() -> None:
    """What the present notes ask for, without the notes that follow from it."""
    Projector().step()


def test_new_link_in_the_batch_of_its_target_shows_the_new_title(home):
    target, reader = add(home, plain("Gammelt navn")), add(home, plain("Leser"))
    work()
    publish(target, title="Nytt navn")
    publish(reader, body=stream(cards(target)))
    one_batch()
    assert detail(reader)["body"][0]["value"]["items"][0]["page"]["title"] == "Nytt navn"


def test_new_link_in_the_batch_in_which_its_target_goes_is_none(home):
    target, reader = add(home, plain("Borte")), add(home, plain("Leser"))
    work()
    unpublish(target)
    publish(reader, body=stream(cards(target)))
    one_batch()
    assert detail(reader)["body"][0]["value"]["items"] == []


def test_page_first_linked_to_in_its_own_batch_lists_the_link(home):
    target, reader = add(home, plain("Mål")), add(home, plain("Leser"))
    work()
    publish(reader, related=related(target))
    publish(target, title="Mål 2")
    one_batch()
    assert [(each["id"], each["reason"]) for each in detail(target)["related"]] == [(reader.pk, "linked")]


def test_paths_exchanged_in_one_batch(home):
    one, other = add(home, plain("En", slug="en")), add(home, plain("To", slug="to"))
    work()
    publish(one, slug="tre")
    publish(other, slug="en")
    publish(one, slug="to")
    work()
    assert (resolve("/en/"), resolve("/to/")) == (other.pk, one.pk)


def test_rebuild_reads_for_all_pages_at_once_and_writes_nothing(home):
    image = add_image()
    for number in range(20):
        body = stream(link_text(home), cards(home))
        add(home, news(f"Sak {number}", image=main_image(image), body=body))
    work()
    last = Change.objects.latest("pk").pk
    note("all:", "test", Priority.REBUILD)
    one_batch()
    assert Note.objects.count() >= 21
    with CaptureQueriesContext(connection) as queries:
        one_batch()
    # Wagtail itself asks for the chosen images and pages of every stream
    own = [each["sql"] for each in queries if "content_contentimage" not in each["sql"]]
    assert len(own) < 90
    writes = [sql for sql in own if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert all("publishing_note" in sql for sql in writes)
    assert not Note.objects.exists()
    assert Change.objects.latest("pk").pk == last
