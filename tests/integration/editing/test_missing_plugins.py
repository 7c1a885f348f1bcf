"""Pages whose plugin was uninstalled while they were there."""

import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from tests.integration.editing.conftest import messages


@pytest.fixture
def gone(db) -> ContentType:
    return ContentType.objects.create(app_label="formidle_museum", model="exhibition")


@pytest.mark.parametrize("view", ["edit", "copy"])
def test_a_page_without_its_plugin_is_not_opened_but_told_of(admin, section, gone, view):
    page = section.add_child(instance=Page(title="Utstilling", content_type=gone))
    response = admin.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
    [message] = messages(response)
    assert response["Location"] == reverse("wagtailadmin_explore", args=[section.pk])
    assert "Utstilling" in message
    assert "formidle_museum" in message


def test_usage_by_pages_without_their_plugin_is_told_of(admin, image, gone):
    ReferenceIndex.objects.create(
        content_type=gone,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id="1",
        to_content_type=ContentType.objects.get_for_model(image),
        to_object_id=str(image.pk),
        model_path="picture",
        content_path="picture",
        content_path_hash=uuid.uuid4(),
    )
    [message] = messages(admin.get(reverse("wagtailimages:image_usage", args=[image.pk])))
    assert "formidle_museum" in message


def test_other_failures_stay_failures(admin, section, monkeypatch):
    monkeypatch.setattr(Page, "get_ancestors", lambda page, *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        admin.get(reverse("wagtailadmin_pages:edit", args=[section.pk]))
