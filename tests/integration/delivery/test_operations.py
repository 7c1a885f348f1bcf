"""What an operator sees: metrics, the report in the admin, and what the command tries again."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as text
from prometheus_client.parser import text_string_to_metric_families

from cms.access.tokens import create_token
from cms.delivery.models import Webhook
from cms.delivery.purging import listener as purging
from cms.delivery.webhooks import queue
from cms.publishing import audits, listeners
from cms.publishing.models import Audit, Consumer, Note, Parked
from tests.integration.publishing.site import add, news, plain, work

REPORT = "/admin/reports/publishing/"


@pytest.fixture
def trouble(home):
    """A note that failed, and a document that search has put off."""
    later = timezone.now() + timedelta(hours=1)
    note = Note.objects.create(target="page:99", error="ValueError: <b>bildet</b> mangler", attempts=4, due_at=later)
    Consumer.objects.create(name="search", error="SearchError: borte")
    parked = Parked.objects.create(consumer="search", document_id=7, reason="for lang", attempts=3, retry_at=later)
    return note, parked


@pytest.fixture
def admin(client, home):
    client.force_login(User.objects.create_superuser("admin"))
    return client


def scrape(**headers):
    response = Client().get("/metrics", **headers)
    assert response.status_code == 200, response.content
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def test_metrics_say_how_publishing_and_delivery_are(trouble, home):
    webhook = Webhook.objects.create(name="x", url="https://www.example.no/")
    queue.send_test(webhook)
    add(home, news("Sak"))
    work()
    add(home, plain("Venter"))
    found = scrape()
    assert found["formidle_built",] == 1
    assert found["formidle_worker_alive",] == 0
    assert found["formidle_documents", "news-article"] == 1
    assert found["formidle_documents", "home"] == 1
    assert found["formidle_notes", "direct"] >= 2
    assert found["formidle_notes_failed", "direct"] == 1
    assert found["formidle_notes_oldest_seconds", "direct"] >= 0
    assert found["formidle_consumer_lag", "search"] > 0
    assert found["formidle_consumer_parked", "search"] == 1
    assert found["formidle_consumer_failing", "search"] == 1
    assert found["formidle_webhook_deliveries", "waiting", str(webhook.pk)] == 1
    assert found["formidle_webhook_deliveries", "accepted", str(webhook.pk)] == 0
    assert abs(found["formidle_last_change_timestamp_seconds",] - timezone.now().timestamp()) < 60


def test_last_audit_is_in_the_report_and_in_the_metrics(admin):
    audits.record(Audit.Kind.HOURLY, {"missing": 2, "stale": 0, "search": 1})
    found = scrape()
    assert found["formidle_audit_found", "hourly", "missing"] == 2
    assert found["formidle_audit_repaired", "hourly"] == 3
    assert abs(found["formidle_audit_timestamp_seconds", "hourly"] - timezone.now().timestamp()) < 60
    page = admin.get(REPORT).content.decode()
    assert text("%(count)s differed, %(repaired)s repaired") % {"count": 3, "repaired": 3} in page
    audits.record(Audit.Kind.HOURLY, {"missing": 0})
    assert text("everything was as it should be") in admin.get(REPORT).content.decode()
    assert ("formidle_audit_found", "hourly", "missing") not in scrape()


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=x"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_metrics_need_a_token_from_elsewhere(home, headers):
    response = Client().get("/metrics", **headers)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    user = User.objects.create_superuser("admin")
    for scopes, code in ((["metrics"], 200), (["preview"], 403)):
        _, token = create_token(name="x", scopes=scopes, lifetime=timedelta(days=1), created_by=user)
        assert Client().get("/metrics", HTTP_AUTHORIZATION=f"Bearer {token}", **headers).status_code == code


def test_report_shows_what_is_wrong_and_tries_again(admin, trouble):
    note, _ = trouble
    text = admin.get(REPORT).content.decode()
    for expected in ("ValueError: &lt;b&gt;bildet", "for lang", "SearchError: borte"):
        assert expected in text
    admin.post(REPORT, {"action": "retry", "what": "page:99"})
    note.refresh_from_db()
    assert note.due_at is None
    assert Parked.objects.get().retry_at > timezone.now()
    admin.post(REPORT, {"action": "retry", "what": "search page:7"})
    assert Parked.objects.get().retry_at <= timezone.now()
    admin.post(REPORT, {"action": "drop", "what": "search page:7"})
    assert not Parked.objects.exists()
    assert admin.get(f"{REPORT}?check=1").context["differing"] == 0


def test_report_is_not_for_editors(client, home):
    group = Group.objects.create(name="Redaktører")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    assert client.get(REPORT).status_code == 302
    assert REPORT not in client.get("/admin/").content.decode()


def command(*arguments):
    out = StringIO()
    call_command("documents", *arguments, stdout=out)
    return json.loads(out.getvalue() or "null")


def test_command_tries_again_and_gives_up(trouble):
    note, _ = trouble
    assert command("retry", "search") == {"retried": 1}
    note.refresh_from_db()
    assert note.due_at is not None
    assert command("retry") == {"retried": 2}
    note.refresh_from_db()
    assert note.due_at is None
    command("drop", "search", "7")
    assert not Parked.objects.exists()
    with pytest.raises(CommandError, match="has not parked"):
        command("drop", "search", "7")


def test_cache_that_is_no_longer_configured_has_no_lag(home, settings):
    settings.PURGE_KIND, settings.PURGE_URLS = "http", ["http://10.0.0.1/"]
    for each in purging.listeners():
        listeners.begin_at_end(each.name)
    assert purging.forget_gone() == 0
    settings.PURGE_KIND = ""
    assert purging.forget_gone() == 2
