"""Files under /media/: only what a live document shows, as long as it does, without work for who asks in vain."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.models import Collection, CollectionViewRestriction

from cms.content.images import renditions
from cms.content.models import ContentRendition
from cms.delivery.purging.targets import Http
from cms.publishing import reads
from cms.publishing.schedule import Schedule
from tests.integration.publishing.site import (
    add,
    add_file,
    add_image,
    delete,
    detail,
    document,
    link_value,
    main_image,
    make_home,
    picture,
    plain,
    publish,
    stream,
    unpublish,
    work,
)


@pytest.fixture
def home(db):
    page = make_home()
    work()
    return page


@pytest.fixture
def image(home):
    return add_image(file=picture(size=(700, 400)))


@pytest.fixture
def page(home, image):
    added = add(home, plain("Side", image=main_image(image)))
    work()
    return added


@pytest.fixture
def url(page):
    return detail(page)["image"]["src"]


def get(url, **headers):
    return Client().get(url, headers=headers)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_answer_is_asked_about_again_and_unchanged(page, url):
    first = get(url)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, max-age=600"
    assert f"document:{page.pk}" in first["Cache-Tag"].split(",")
    assert get(url, if_none_match=first["ETag"]).status_code == 304
    again = get(url, if_modified_since=first["Last-Modified"])
    assert (again.status_code, again["ETag"], again["Cache-Control"]) == (304, first["ETag"], first["Cache-Control"])


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=0-999999999", 206, slice(0, None)),
        ("bytes=9-2", 200, slice(0, None)),
        ("bytes=0-1,4-5", 200, slice(0, None)),
        ("bytes=-", 200, slice(0, None)),
        ("pages=1-2", 200, slice(0, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=-0", 416, None),
    ],
)
def test_parts_of_a_file(url, asked, status, span):
    whole = body(get(url))
    part = get(url, range=asked)
    assert part.status_code == status
    if status == 416:
        assert part["Content-Range"] == f"bytes */{len(whole)}"
        return
    assert body(part) == whole[span]
    if status == 206:
        assert int(part["Content-Length"]) == len(whole[span])
        assert part["Content-Range"].endswith(f"/{len(whole)}")


def test_part_of_what_has_changed_is_the_whole(url):
    assert get(url, range="bytes=0-9", if_range='"older"').status_code == 200


def test_upload_is_never_there(image, page):
    for path in (
        image.file.name,
        f"original_images/{image.filename}",
        f"../{image.file.name}",
        "",
        "%2e%2e/db.sqlite3",
    ):
        assert get(f"/media/{path}").status_code == 404


def test_errors_are_problems_that_scripts_of_other_sites_may_read(url):
    (Path(settings.MEDIA_ROOT) / url.removeprefix("/media/")).unlink()
    for response, status in ((get("/media/images/x.jpg"), 404), (get(url), 404), (Client().post(url), 405)):
        assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
        assert response.json()["status"] == status
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"range": "bytes=99999999-"}, 416),
        ({"if_match": '"another"'}, 412),
        ({"if_unmodified_since": "Thu, 01 Jan 1970 00:00:01 GMT"}, 412),
    ],
)
def test_refused_part_or_condition_is_a_problem_that_no_cache_keeps(url, headers, status):
    response = get(url, **headers)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("end", ["unpublish", "delete", "without", "deleted image", "consent", "private collection"])
def test_picture_goes_with_the_last_page_that_shows_it(home, page, image, url, end):
    other = add(home, plain("Annen", image=main_image(image)))
    work()
    unpublish(other)
    work()
    assert get(url).status_code == 200
    if end == "unpublish":
        unpublish(page)
    elif end == "delete":
        delete(page)
    elif end == "without":
        publish(page, image="[]")
    elif end == "deleted image":
        image.delete()
    elif end == "consent":
        image.consent_until = timezone.localdate() - timedelta(days=1)
        image.save()
        Schedule().run_due()
    else:
        top = Collection.get_first_root_node().add_child(instance=Collection(name="Personal"))
        below = top.add_child(instance=Collection(name="Bilder"))
        image.collection = below
        image.save()
        work()
        assert get(url).status_code == 200
        CollectionViewRestriction.objects.create(collection=top, restriction_type="login")
    work()
    assert get(url).status_code == 404


def test_purge_for_the_page_that_shows_it_again_ends_that_it_was_not_there(page, url):
    unpublish(page)
    work()
    missing = get(url)
    assert missing.status_code == 404
    cursor = reads.last_change()
    publish(page)
    work()
    assert get(url).status_code == 200
    assert set(missing["Cache-Tag"].split(",")) & set(Http("", "", "", "", "").keys(reads.log(cursor, 10)))


def test_replaced_picture_is_gone_under_its_old_address(page, image, url):
    image.file = picture("bilde.png", "crimson", (700, 400))
    image.save()
    work()
    new = detail(page)["image"]["src"]
    assert new != url
    assert (get(url).status_code, get(new).status_code) == (404, 200)
    assert not (Path(settings.MEDIA_ROOT) / url.removeprefix("/media/")).exists()


def test_other_content_under_the_same_address_has_another_tag(home):
    file = add_file()
    page = add(
        home,
        plain(
            "Side",
            body=stream(("link_block", {"icon": "document", "text": "Notat", "link": link_value(document=file)})),
        ),
    )
    work()
    url = detail(page)["body"][0]["value"]["link"]["url"]
    first = get(url)
    Path(file.file.path).write_bytes(b"%PDF-1.7 ny")
    second = get(url, if_none_match=first["ETag"])
    assert second.status_code == 200
    assert body(second) == b"%PDF-1.7 ny"


def test_no_file_tells_where_and_with_what_the_photo_was_taken(home):
    photo = Pillow.new("RGB", (700, 400), "teal")
    exif = Pillow.Exif()
    exif[0x010F] = "Hemmelig kamera"
    exif.get_ifd(0x8825)[2] = (59.0, 54.0, 41.0)
    upload = BytesIO()
    photo.save(upload, "JPEG", exif=exif, comment=b"Hemmelig merknad")
    assert b"Hemmelig" in upload.getvalue()
    image = add_image(file=ContentFile(upload.getvalue(), "foto.jpg"))
    add(home, plain("Side", image=main_image(image)))
    work()
    for rendition in image.renditions.all():
        data = rendition.file.read()
        assert b"Hemmelig" not in data
        assert not Pillow.open(BytesIO(data)).getexif()


def test_no_get_makes_a_picture(page, image, url, monkeypatch):
    """Neither those that exist nor any other size, whoever makes up the address."""

    def fail(*args, **options):
        raise AssertionError("a picture is made inside a GET")

    monkeypatch.setattr(renditions, "make", fail)
    monkeypatch.setattr("wagtail.images.models.Filter.run", fail)
    before = ContentRendition.objects.count()
    name = url.removeprefix("/media/images/")
    paths = [url, "/media/images/" + name.replace("width-640", "width-641"), f"/images/{image.pk}/width-500/"]
    paths += [f"/media/images/bilde.{spec}.png" for spec in ("fill-9999x9999", "width-1", "original", "max-5000x5000")]
    paths += [
        f"/images/signature/{image.pk}/width-500/bilde.png",
        "/",
        f"/api/v1/content/{page.pk}/",
        "/api/v1/content/",
    ]
    paths += ["/api/v1/site/", "/feeds/all.atom", "/feeds/all.json", "/sitemap.xml"]
    for path in paths:
        assert get(path).status_code in (200, 404), path
    assert ContentRendition.objects.count() == before
    assert document(page)
