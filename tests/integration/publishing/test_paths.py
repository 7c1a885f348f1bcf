"""Where pages stand: moves, slugs, sites; what their old paths answer."""

from __future__ import annotations

import orjson
import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms.publishing import reads
from cms.publishing.models import Change, Document, Note
from tests.integration.publishing.site import (
    add,
    delete,
    detail,
    event,
    link_text,
    move,
    news,
    plain,
    publish,
    resolve,
    section,
    stream,
    unpublish,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


@pytest.fixture
def tree(home):
    """/nyheter/, /nyheter/sak/, /om/."""
    parent = add(home, section("Nyheter"))
    pages = {"section": parent, "article": add(parent, news("Sak")), "page": add(home, section("Om"))}
    work()
    return pages


def test_descendants_follow_a_slug_and_old_paths_redirect(tree):
    publish(tree["section"], slug="aktuelt")
    work()
    assert resolve("/aktuelt/sak/") == tree["article"].pk
    assert resolve("/nyheter/") == "/aktuelt/"
    assert resolve("/nyheter/sak/") == "/aktuelt/sak/"
    moved = Change.objects.get(kind="moved", document_id=tree["article"].pk)
    assert (moved.path, moved.previous_path) == ("/aktuelt/sak/", "/nyheter/sak/")


def test_descendants_follow_a_move(tree):
    move(tree["section"], tree["page"])
    work()
    assert resolve("/om/nyheter/sak/") == tree["article"].pk
    assert resolve("/nyheter/sak/") == "/om/nyheter/sak/"
    assert [each["title"] for each in detail(tree["article"])["breadcrumbs"]] == ["Formidle", "Om", "Nyheter"]


def test_chain_of_moves_is_one_redirect(tree):
    for slug in ("a", "b", "c"):
        publish(tree["section"], slug=slug)
        work()
    move(tree["section"], tree["page"])
    work()
    for old in ("/nyheter/sak/", "/a/sak/", "/b/sak/", "/c/sak/"):
        assert resolve(old) == "/om/c/sak/"


def test_page_that_comes_back_takes_its_old_path(tree):
    publish(tree["section"], slug="aktuelt")
    work()
    publish(tree["section"], slug="nyheter")
    work()
    assert resolve("/nyheter/") == tree["section"].pk
    assert resolve("/aktuelt/") == "/nyheter/"


def test_pages_exchange_their_slugs(tree):
    first, second = tree["section"], tree["page"]
    publish(first, slug="mellom")
    publish(second, slug="nyheter")
    publish(first, slug="om")
    work()
    assert resolve("/nyheter/") == second.pk
    assert resolve("/om/") == first.pk
    assert resolve("/om/sak/") == tree["article"].pk
    assert resolve("/nyheter/sak/") == "/om/sak/"


def test_page_takes_over_the_path_of_one_that_left(tree):
    publish(tree["page"], slug="om-oss")
    work()
    new = add(Page.objects.get(depth=2), plain("Om"))
    work()
    assert resolve("/om/") == new.pk
    delete(new)
    work()
    assert resolve("/om/") == "gone"


def test_path_of_a_removed_page_can_be_used_again(tree):
    unpublish(tree["page"])
    publish(tree["page"], slug="skjult")
    unpublish(tree["page"])
    new = add(Page.objects.get(depth=2), plain("Om"))
    work()
    assert resolve("/om/") == new.pk
    assert isinstance(reads.document(reads.site_for_host("localhost").id, tree["page"].pk), reads.Tombstone)


def test_links_in_text_follow_a_move(tree):
    linking = add(Page.objects.get(depth=2), plain("Leser", body=stream(link_text(tree["article"]))))
    work()
    move(tree["section"], tree["page"])
    work()
    assert '<a href="/om/nyheter/sak/">' in detail(linking)["body"][0]["value"]["html"]


def test_paths_are_found_however_they_are_written(home):
    page = add(home, plain("Smørbrød", slug="smørbrød"))
    work()
    for path in ("/smørbrød", "smørbrød/", "/sm%C3%B8rbr%C3%B8d/", "/smo\u0338rbrød", "/Smørbrød/"):
        found = resolve(path)
        assert found == page.pk or path == "/smo\u0338rbrød", path


def test_move_of_a_large_subtree_is_spread_over_short_transactions(tree):
    Page.objects.filter(pk=tree["article"].pk).update(live=True)
    pages = [add(tree["section"], news(f"Sak {number}")) for number in range(10)]
    work()
    move(tree["section"], tree["page"])
    assert {note.target.partition(":")[0] for note in Note.objects.all()} == {"page", "place", "subtree"}
    assert Note.objects.count() == 3
    work()
    assert [resolve(f"/om/nyheter/sak-{number}/") for number in range(10)] == [page.pk for page in pages]


def test_site_root_is_changed(tree, home):
    site = Site.objects.get()
    site.root_page = tree["section"]
    site.save()
    work()
    assert resolve("/") == tree["section"].pk
    assert resolve("/sak/") == tree["article"].pk
    assert resolve("/nyheter/sak/") == "/sak/"
    assert reads.document(site.pk, home.pk).path == "/", "the old root is outside the site and gone"
    assert isinstance(reads.document(site.pk, home.pk), reads.Tombstone)
    assert detail(tree["article"])["breadcrumbs"] == [
        {"id": tree["section"].pk, "title": "Nyheter", "path": "/"},
    ]


@pytest.fixture
def other(home):
    """A second site with its own home page."""
    root = Page.get_first_root_node()
    page = add(root, type(home)(title="Annet", slug="annet"))
    return Site.objects.create(hostname="annet.example", port=80, site_name="Annet", root_page=page), page


def test_move_to_another_site(tree, other):
    site, root = other
    linking = add(Page.objects.get(slug="home"), plain("Leser", body=stream(link_text(tree["article"]))))
    work()
    old = reads.site_for_host("localhost").id
    move(tree["article"], root)
    work()
    assert reads.resolve(old, "/nyheter/sak/") == reads.Redirected(
        "http://annet.example/sak/", True, f"document:{tree['article'].pk}"
    )
    assert isinstance(reads.resolve(site.pk, "/sak/"), reads.DocumentRow)
    # not gone: it is public, and its old path leads there
    answer = Client().get(f"/api/v1/content/{tree['article'].pk}/")
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        f"There is no page {tree['article'].pk} on this site.",
    )
    assert _changes(old, tree["article"])[-1] == "removed"
    assert _changes(site.pk, tree["article"]) == ["published"]
    link = detail(linking)["body"][0]["value"]["links"][0]
    assert (link["url"], link["path"]) == ("http://annet.example/sak/", None)


def _changes(site_id, page):
    return [each.kind for each in reads.changes(site_id, 0, 1000) if each.id == page.pk]


def test_deleted_site_takes_its_documents_along(tree, other):
    site, root = other
    work()
    assert isinstance(reads.resolve(site.pk, "/"), reads.DocumentRow)
    site.delete()
    work()
    assert reads.site_named("annet.example") is None
    assert Document.objects.get(pk=root.pk).removed_at


def test_event_under_another_section_is_listed_there(tree):
    page = add(tree["section"], event("Fagdag"))
    work()
    move(page, tree["page"])
    work()
    site = reads.site_for_host("localhost").id
    for path, expected in (("/om/", [page.pk]), ("/nyheter/", [])):
        found = reads.list_documents(reads.ListQuery(site, types=("event",), keys=(("under", (path,)),)))
        assert [row.id for row in found.rows] == expected


def test_summary_of_a_page_on_another_site_has_its_whole_address(tree, other):
    site, root = other
    far = add(root, plain("Fjern"))
    near = add(Page.objects.get(slug="home"), plain("Nær", related=stream(("page", far.pk))))
    work()
    assert detail(near)["related"][0]["url"] == "http://annet.example/fjern/"
    assert orjson.loads(reads.document(site.pk, far.pk).summary)["url"] == "/fjern/"
