"""Pictures: their texts, their files, consent."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageCms
from wagtail.images.models import Filter

from cms.content.models import ContentImage, ContentRendition
from cms.publishing import reads
from cms.publishing.models import Note
from cms.publishing.projector import Projector
from cms.publishing.schedule import Schedule
from tests.integration.publishing.site import (
    add,
    add_image,
    cards,
    detail,
    document,
    image_block,
    main_image,
    picture,
    plain,
    publish,
    stream,
    work,
)

pytestmark = pytest.mark.usefixtures("consistent")


@pytest.fixture
def image(home):
    return add_image(file=picture(size=(700, 400)))


@pytest.fixture
def page(home, image):
    added = add(home, plain("Side", image=main_image(image), body=stream(image_block(image))))
    work()
    return added


def files(page):
    """Paths of all files that a page's main image names."""
    shown = detail(page)["image"]
    urls = [entry.split()[0] for source in shown["sources"] for entry in source["srcset"].split(", ")]
    return [url.removeprefix("/media/") for url in (*urls, shown["src"], shown["original"]["src"])]


def all_there(page):
    return all((Path(settings.MEDIA_ROOT) / path).exists() and reads.media_file(path) for path in files(page))


def test_document_names_only_files_that_are_there(page):
    types = [source["type"] for source in detail(page)["image"]["sources"]]
    assert types == ["image/avif", "image/webp", "image/png"]
    assert all_there(page)


def test_page_is_shown_before_all_files_are_made(home, image):
    page = add(home, plain("Rask", image=main_image(image)))
    Projector().drain()
    first = document(page)
    assert [source["type"] for source in detail(page)["image"]["sources"]] == ["image/png"]
    assert all_there(page)
    work()
    assert len(detail(page)["image"]["sources"]) == 3
    assert document(page).version == first.version + 1


def test_texts_of_the_image_follow(page, image):
    image.credit, image.default_alt = "Kari Foto", "En elv"
    image.save()
    work()
    for shown in (detail(page)["image"], detail(page)["body"][0]["value"]):
        assert (shown["credit"], shown["alt"]) == ("Kari Foto", "En elv")


def test_card_shows_the_image_of_its_page(home, page, image):
    reader = add(home, plain("Leser", body=stream(cards(page))))
    image.credit = "Kari Foto"
    image.save()
    work()
    assert detail(reader)["body"][0]["value"]["items"][0]["image"]["credit"] == "Kari Foto"


def profiles_of(page):
    """The colour profile that each file of the main image has; None for none."""
    return [Pillow.open(Path(settings.MEDIA_ROOT) / path).info.get("icc_profile") for path in files(page)]


def with_profile(mode):
    """A picture in inks of the mode, and the profile of red, green and blue that it has."""
    profile, file = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), BytesIO()
    Pillow.new(mode, (700, 400)).save(file, "JPEG", icc_profile=profile)
    return ContentFile(file.getvalue(), f"{mode}.jpg"), profile


def test_every_file_tells_its_colours(home):
    """Without the profile of a phone's wide colours, they would look pale."""
    file, profile = with_profile("RGB")
    page = add(home, plain("Fargar", image=main_image(add_image(file=file))))
    work()
    assert set(profiles_of(page)) == {profile}


def test_a_profile_of_inks_is_not_told_of_red_green_and_blue(home):
    file, _ = with_profile("CMYK")
    page = add(home, plain("Trykksak", image=main_image(add_image(file=file))))
    work()
    assert set(profiles_of(page)) == {None}


def test_a_scan_in_16_bits_is_as_grey_as_it_was(home):
    file = BytesIO()
    Pillow.new("I;16", (700, 400), 0x6000).save(file, "PNG")
    page = add(home, plain("Skanna", image=main_image(add_image(file=ContentFile(file.getvalue(), "skanna.png")))))
    work()
    for path in files(page):
        assert Pillow.open(Path(settings.MEDIA_ROOT) / path).convert("L").getpixel((9, 9)) == pytest.approx(0x60, abs=2)


def test_focal_point_moves_the_crop(page, image):
    before = detail(page)["seo"]["image"]["src"]
    image.focal_point_x, image.focal_point_y = 600, 100
    image.focal_point_width = image.focal_point_height = 20
    image.save()
    work()
    assert detail(page)["image"]["focal_point"] == {"x": 0.8571, "y": 0.25}
    assert detail(page)["seo"]["image"]["src"] != before
    assert (detail(page)["seo"]["image"]["width"], detail(page)["seo"]["image"]["height"]) == (1200, 630)


def test_replaced_file_has_other_renditions(page, image):
    before = set(files(page))
    image.file = picture("ny.png", "crimson", (1000, 500))
    image.save()
    work()
    assert not before & set(files(page))
    assert all_there(page)
    assert detail(page)["image"]["width"] == 1000
    assert not any((Path(settings.MEDIA_ROOT) / path).exists() for path in before)


def test_file_replaced_in_the_admin(page, image):
    """Wagtail deletes the renditions after the row with the new file is committed."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "", "x"))
    new = SimpleUploadedFile("bilde.png", picture(colour="crimson", size=(1000, 500)).read(), "image/png")
    data = {"title": "Bilde", "default_alt": "En sal", "collection": image.collection_id, "file": new, "tags": ""}
    response = client.post(reverse("wagtailimages:edit", args=[image.pk]), data)
    assert response.status_code == 302, response.content
    work()
    assert detail(page)["image"]["width"] == 1000
    assert all_there(page)


def test_deleted_renditions_are_made_again(page, image):
    image.renditions.all().delete()
    work()
    assert all_there(page)


def test_lost_files_are_made_again(page, image):
    for rendition in image.renditions.all():
        rendition.file.storage.delete(rendition.file.name)
    publish(page, summary="Ny")
    work()
    assert all_there(page)


def test_deleted_image_is_left_out(page, image):
    image.delete()
    work()
    assert detail(page)["image"] is None
    assert detail(page)["body"] == []
    assert detail(page)["seo"]["image"] is None


def test_image_without_readable_file_is_left_out(page, image):
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    work()
    assert detail(page)["image"] is None
    Note.objects.all().delete()  # its renditions are tried again for ever


@pytest.mark.parametrize("data", [b"", b"GIF89a no picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR broken"])
def test_damaged_upload_spoils_no_page(home, page, image, data):
    Path(image.file.path).write_bytes(data)
    image.renditions.all().delete()
    publish(page, title="Ny tittel")
    work()
    assert detail(page)["title"] == "Ny tittel"
    assert detail(page)["image"] is None
    Note.objects.all().delete()


def test_consent_that_runs_out_and_is_given_again(page, image):
    yesterday = timezone.localdate() - timedelta(days=1)
    ContentImage.objects.get(pk=image.pk)
    image.consent_until = yesterday
    image.save()
    assert Schedule().run_due() == 1
    work()
    assert detail(page)["image"] is None
    assert reads.media_file(image.file.name) is None
    image.refresh_from_db()
    image.consent_until = timezone.localdate()
    image.save()
    assert Schedule().run_due() == 1
    work()
    assert detail(page)["image"]["id"] == image.pk


def test_last_day_of_consent_counts(page, image):
    image.consent_until = timezone.localdate()
    image.save()
    assert Schedule().run_due() == 0


def test_renditions_of_the_admin_are_not_ours(page, image):
    image.get_rendition(Filter("max-165x165"))
    admin = ContentRendition.objects.get(filter_spec="max-165x165")
    work()
    assert admin.file.name not in files(page)
    assert reads.media_file(admin.file.name) is None
