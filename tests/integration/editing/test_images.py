"""Uploading asks for what a public body must know of a picture."""

from django.urls import reverse

from cms.content.models import ContentImage
from tests.integration.editing.forms import photo

ASKED = {"default_alt", "credit", "licence", "consent_until"}
ANSWERS = {"default_alt": "En sal full av folk", "credit": "Kari Nordmann", "licence": "own", "consent_until": ""}


def test_upload_form_asks(admin):
    form = admin.get(reverse("wagtailimages:add")).context["form"]
    assert set(form.fields) >= ASKED


def test_chooser_of_a_block_asks_and_keeps_the_answers(admin):
    url = reverse("wagtailimages_chooser:create")
    assert set(admin.get(reverse("wagtailimages_chooser:choose")).context["creation_form"].fields) >= ASKED
    prefix = "image-chooser-upload"
    data = {f"{prefix}-{name}": value for name, value in {"title": "Sal", **ANSWERS}.items()}
    response = admin.post(url, {**data, f"{prefix}-file": photo()})
    assert response.json()["step"] == "chosen", response.content
    image = ContentImage.objects.get()
    assert (image.default_alt, image.credit, image.licence) == ("En sal full av folk", "Kari Nordmann", "own")


def test_several_at_once_are_asked_for_each(admin):
    url = reverse("wagtailimages:add_multiple")
    response = admin.post(
        url, {"title": "Sal", "files[]": photo()}, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()
    assert response["success"], response
    for name in ASKED:
        assert f"-{name}" in response["form"], name
    upload = response.get("uploaded_file_id") or response.get("image_id")
    prefix = f"image-{upload}" if "image_id" in response else f"uploaded-image-{upload}"
    edit = (
        reverse("wagtailimages:edit_multiple", args=[upload])
        if "image_id" in response
        else reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload])
    )
    data = {f"{prefix}-{name}": value for name, value in {"title": "Sal", "tags": "", **ANSWERS}.items()}
    saved = admin.post(edit, data, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert saved["success"], saved
    assert ContentImage.objects.get().credit == "Kari Nordmann"
