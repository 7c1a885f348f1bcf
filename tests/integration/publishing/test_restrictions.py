"""Pages, pictures and files that are not for everybody."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.publishing import reads
from cms.publishing.models import MediaFile
from tests.integration.publishing.site import (
    add,
    add_file,
    add_image,
    block,
    detail,
    image_block,
    is_live,
    link_text,
    link_value,
    main_image,
    move,
    news,
    plain,
    publish,
    resolve,
    section,
    stream,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


@pytest.fixture
def tree(home):
    parent = add(home, section("Internt"))
    pages = {"section": parent, "article": add(parent, news("Sak")), "open": add(home, section("Åpent", slug="apent"))}
    pages["reader"] = add(home, plain("Leser", body=stream(link_text(pages["article"], parent))))
    work()
    return pages


def restrict(page, **options):
    return PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), **options)


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_restricted_page_and_all_below_are_gone(tree, kind):
    restriction = restrict(tree["section"], restriction_type=kind, password="x")
    restriction.groups.set(Group.objects.all())
    work()
    assert not is_live(tree["section"])
    assert not is_live(tree["article"])
    assert resolve("/internt/sak/") == "gone"
    assert detail(tree["reader"])["body"][0]["value"]["links"] == []
    restriction.delete()
    work()
    assert is_live(tree["section"])
    assert resolve("/internt/sak/") == tree["article"].pk
    assert len(detail(tree["reader"])["body"][0]["value"]["links"]) == 2


def test_page_made_under_a_restricted_one_stays_hidden(tree):
    restrict(tree["section"], restriction_type="login")
    page = add(tree["section"], news("Ny sak"))
    work()
    assert resolve("/internt/ny-sak/") is None
    move(page, tree["open"])
    work()
    assert is_live(page)


def test_page_moved_under_a_restricted_one_is_gone(tree):
    restrict(tree["section"], restriction_type="login")
    page = add(tree["open"], news("Offentlig sak"))
    work()
    assert is_live(page)
    move(tree["open"], tree["section"])
    work()
    assert not is_live(page)
    assert resolve("/apent/offentlig-sak/") == "gone"


def test_restriction_of_the_home_page_closes_the_site(tree, home):
    restriction = restrict(home, restriction_type="login")
    work()
    assert resolve("/") == "gone"
    assert not is_live(tree["reader"])
    restriction.delete()
    work()
    assert is_live(tree["reader"])


@pytest.fixture
def private(db):
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


@pytest.fixture
def media(home):
    """A page with a picture and a file."""
    image, file = add_image(), add_file()
    body = stream(image_block(image), ("document", file.pk), ("link_block", link_block(file)))
    page = add(home, plain("Side", image=main_image(image), body=body))
    work()
    return {"image": image, "file": file, "page": page}


def link_block(file):
    return {"icon": "document", "text": "Notatet", "link": link_value(document=file)}


def shown(page):
    """Types of the blocks, and whether there are a main image and public files."""
    blocks = [each["type"] for each in detail(page)["body"] if each["value"] and each["value"].get("link", 1)]
    return blocks, detail(page)["image"] is not None, MediaFile.objects.filter(document_id=page.pk).exists()


ALL = (["image", "document", "link_block"], True, True)
NONE: tuple[list[str], bool, bool] = ([], False, False)


def test_media_of_a_private_collection_are_left_out(media, private):
    assert shown(media["page"]) == ALL
    path = block(media["page"], "document")["url"].removeprefix("/media/")
    assert reads.media_file(path)
    for each in (media["image"], media["file"]):
        each.collection = private
        each.save()
    work()
    assert shown(media["page"]) == NONE
    assert reads.media_file(path) is None


def test_media_of_a_collection_that_becomes_private_are_left_out(media):
    root = Collection.get_first_root_node()
    restriction = CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    work()
    assert shown(media["page"]) == NONE
    restriction.delete()
    work()
    assert shown(media["page"]) == ALL


def test_media_of_a_collection_moved_into_a_private_one_are_left_out(media, private):
    collection = Collection.get_first_root_node().add_child(name="Bilder")
    for each in (media["image"], media["file"]):
        each.collection = collection
        each.save()
    work()
    assert shown(media["page"]) == ALL
    Collection.objects.get(pk=collection.pk).move(Collection.objects.get(pk=private.pk), "sorted-child")
    work()
    assert shown(media["page"]) == NONE


def test_bulk_action_of_the_admin_that_hides_media(media, private):
    """Wagtail moves them by one SQL statement, without signals."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    for kind, each in (("content", media["image"]), ("wagtaildocs", media["file"])):
        name = "contentimage" if kind == "content" else "document"
        url = reverse("wagtail_bulk_action", args=[kind, name, "add_to_collection"])
        response = client.post(f"{url}?id={each.pk}", {"collection": private.pk})
        assert response.status_code == 302, response.content
    work()
    assert shown(media["page"]) == NONE


def test_unpublished_page_takes_its_files_along(media):
    name = detail(media["page"])["image"]["src"].removeprefix("/media/")
    assert reads.media_file(name)
    media["page"].specific.unpublish()
    work()
    assert reads.media_file(name) is None


def test_uploaded_file_is_never_public(media):
    assert reads.media_file(media["image"].file.name) is None
    publish(media["page"], summary="Ny")
    work()
    assert reads.media_file(media["image"].file.name) is None
