"""Going live without the form: a schedule, a selection in the explorer, a moderator's approval, code."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import streamfield

from articles.models import Event
from cms.content.times import OSLO
from cms.content.validation import PublishingStopped
from tests.integration.editing.conftest import Create, errors, messages, only_event
from tests.integration.editing.forms import event, item, picture

START = datetime(2027, 1, 31, 9, tzinfo=OSLO)


@pytest.fixture
def broken(section) -> Event:
    """A draft that ends before it starts."""
    page = section.add_child(instance=Event(title="Bakvendt", start=START, end=START - timedelta(hours=1), live=False))
    page.save_revision()
    return page


def test_scheduled_page_is_checked_when_it_is_scheduled(create: Create):
    response = create("publish", **event(go_live_at="2030-01-01 08:00", end="2027-01-31 08:00"))
    assert "end" in errors(response)


def test_scheduled_page_goes_live_at_its_time(create: Create):
    create("publish", **event(go_live_at="2030-01-01 08:00"))
    page = only_event()
    assert (page.live, page.status_string.lower() != "live") == (False, True)
    past = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert page.live


def test_revision_with_stops_refuses_to_publish(broken):
    with pytest.raises(PublishingStopped) as refusal:
        broken.get_latest_revision().publish()
    assert [each.path for each in refusal.value.findings] == ["end"]
    broken.refresh_from_db()
    assert not broken.live


def test_revision_with_stops_refuses_to_be_scheduled(broken):
    broken.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(PublishingStopped):
        broken.save_revision().publish()


def test_page_with_stops_cannot_be_created_live(section, image):
    with pytest.raises(PublishingStopped):
        section.add_child(instance=Event(title="Bakvendt", start=START, end=START - timedelta(hours=1)))
    assert not Event.objects.exists()


def test_copy_of_a_page_that_has_stops_by_now_is_refused_and_says_why(admin, section, broken):
    Event.objects.filter(pk=broken.pk).update(live=True)  # as where it became wrong through what it links to
    form = {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": section.pk, "publish_copies": "on"}
    response = admin.post(reverse("wagtailadmin_pages:copy", args=[broken.pk]), form)
    edit = reverse("wagtailadmin_pages:edit", args=[broken.pk])
    assert (response.status_code, response["Location"]) == (302, edit)
    [message] = messages(response)
    assert "Slutt" in message
    assert edit in message
    assert not Event.objects.filter(slug="kopi").exists()


def bulk_publish(client, *pages, include_descendants=False):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?{query}&next=/admin/", {"include_descendants": "on"} if include_descendants else {})


def test_bulk_publish_says_which_page_is_stopped_and_publishes_none(admin, section, broken):
    fine = section.add_child(instance=Event(title="Fin", start=START, live=False))
    fine.save_revision()
    response = bulk_publish(admin, fine, broken)
    [message] = messages(response)
    assert "Bakvendt" in message
    assert reverse("wagtailadmin_pages:edit", args=[broken.pk]) in message
    assert not Event.objects.filter(live=True).exists()
    assert bulk_publish(admin, fine).status_code == 302
    assert Event.objects.get(live=True).title == "Fin"


def test_bulk_publish_with_the_pages_below(admin, section, broken):
    [message] = messages(bulk_publish(admin, section, include_descendants=True))
    assert "Bakvendt" in message


def test_editor_submits_and_moderator_approves(create: Create, editor, moderator, image):
    response = create("submit", client=editor, **event(image=streamfield([picture(image, alt="En sal")])))
    assert response.status_code == 302, errors(response)
    page = only_event()
    assert not page.live
    assert page.current_workflow_task is not None
    assert approve(moderator, page).status_code in (200, 302)
    page.refresh_from_db()
    assert page.live


def approve(client, page):
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    return client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})


def test_editor_cannot_publish(create: Create, editor):
    create("publish", client=editor, **event())
    assert not only_event().live


def test_submitting_runs_the_stops(create: Create, editor):
    response = create("submit", client=editor, **event(end="2027-01-31 08:00"))
    assert "end" in errors(response)


def break_since(page: Event) -> None:
    """A link in it lost its page after it was submitted."""
    revision = page.get_latest_revision()
    revision.content["end"] = (START - timedelta(hours=1)).isoformat()
    revision.save()


def test_approval_of_a_page_with_stops_is_refused_with_a_message(create: Create, editor, moderator):
    create("submit", client=editor, **event())
    page = only_event()
    break_since(page)
    response = approve(moderator, page)
    assert response.json() == {"step": "success", "redirect": reverse("wagtailadmin_pages:edit", args=[page.pk])}
    [message] = response.wsgi_request._messages
    assert "Frokostseminar" in str(message)
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_task is not None, "it still waits for approval"


def test_moderator_sends_a_page_with_stops_back(create: Create, edit: Create, editor, moderator):
    create("submit", client=editor, **event())
    page = only_event()
    fields = event(end="2027-01-31 08:00", programme=streamfield([item("A", "09:00")]))
    fields |= {"action-workflow-action": "true", "workflow-action-name": "reject"}
    response = edit(page, client=moderator, **fields)
    assert response.status_code == 302, errors(response)
    assert Page.objects.get(pk=page.pk).current_workflow_state.status == "needs_changes"
