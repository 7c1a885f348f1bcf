"""Webhooks as an administrator sees them."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.api import cursors
from cms.delivery.models import Delivery, Webhook
from cms.delivery.webhooks import queue
from cms.delivery.webhooks.listener import WebhookListener
from cms.publishing import listeners, reads
from cms.publishing.reasons import translated
from tests.integration.publishing.site import add, plain, work

URL = "/admin/webhooks/"
NEW = {"name": "Nettstedet", "url": "https://www.example.no/hook", "kinds": ["removed"], "enabled": "on"}


@pytest.fixture
def admin(client, home):
    client.force_login(User.objects.create_superuser("admin"))
    return client


def make(admin, **values):
    response = admin.post(f"{URL}new/", {**NEW, **values}, follow=True)
    return Webhook.objects.get(), response.content.decode()


def act(admin, webhook, action, **values):
    return admin.post(f"{URL}action/{webhook.pk}/", {"action": action, **values}, follow=True).content.decode()


def test_key_of_a_new_webhook_is_shown_once(admin):
    webhook, page = make(admin)
    assert webhook.key in page
    assert webhook.kinds == ["removed"]
    for path in ("", f"inspect/{webhook.pk}/", f"edit/{webhook.pk}/", f"history/{webhook.pk}/"):
        response = admin.get(URL + path)
        assert response.status_code == 200
        assert webhook.key not in response.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.no/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://169.254.169.254/latest/",
        "https://user:secret@example.no/",
        "https://example.no:22/",
        "https://example.no:99999/",
        "https://exa mple.no/",
        "https://2130706433/",
        "https://example.no/#x",
        "ftp://example.no/",
        "javascript:alert(1)",
        "https://",
        "https://example.no:port/",
    ],
)
def test_address_that_nothing_may_be_sent_to_is_refused(admin, url):
    response = admin.post(f"{URL}new/", {**NEW, "url": url})
    assert response.status_code == 200
    assert response.context["form"].errors["url"]
    assert not Webhook.objects.exists()


def test_keys_are_changed_in_two_steps(admin):
    webhook, _ = make(admin)
    old = webhook.key
    page = act(admin, webhook, "new_key")
    webhook.refresh_from_db()
    assert webhook.key in page
    assert webhook.keys == [webhook.key, old]
    two = gettext("There are two keys already. Stop using the old one before you make another.")
    assert two in act(admin, webhook, "new_key")
    with pytest.raises(CommandError, match="drop-key"):
        command("new-key", webhook.pk)
    assert Webhook.objects.get().keys == webhook.keys
    assert webhook.key not in act(admin, webhook, "drop_key")
    webhook.refresh_from_db()
    assert webhook.keys == [webhook.key]


def test_editing_keeps_keys_and_state(admin):
    webhook, _ = make(admin)
    Webhook.objects.update(enabled=False, disabled_reason="410", failures=3)
    admin.post(f"{URL}edit/{webhook.pk}/", {**NEW, "enabled": "", "name": "Annet"})
    after = Webhook.objects.get()
    assert (after.name, after.key, after.disabled_reason, after.failures) == ("Annet", webhook.key, "410", 3)


def test_buttons(admin, receiver):
    webhook, _ = make(admin, url=receiver.url, kinds=[])
    page = add(reads_home(), plain("Side"))
    work()
    act(admin, webhook, "disable")
    assert not Webhook.objects.get().enabled
    act(admin, webhook, "enable")
    act(admin, webhook, "test")
    receiver.answer = lambda request: 500
    listeners.listen(WebhookListener(webhook.pk))
    text = admin.get(f"{URL}inspect/{webhook.pk}/").content.decode()
    assert "document.published" in text
    assert "webhook.test" in text
    assert gettext("the receiver answered %(code)s") % {"code": 500} in text
    receiver.answer = lambda request: (200, {}, b"<b>Takk</b>")
    act(admin, webhook, "retry")
    listeners.listen(WebhookListener(webhook.pk))
    assert page.pk in [document for _, document in receiver.told()]
    text = admin.get(f"{URL}inspect/{webhook.pk}/?status=accepted").content.decode()
    assert "&lt;b&gt;Takk" in text
    receiver.requests.clear()
    act(admin, webhook, "replay", cursor=cursors.pack([reads.epoch(), "log", 0, 0]))
    listeners.listen(WebhookListener(webhook.pk))
    assert page.pk in [document for _, document in receiver.told()]
    assert gettext("Enter a time or a cursor, not both.") in act(admin, webhook, "replay")
    broken = gettext("The cursor is broken, or the log no longer goes back to it.")
    assert broken in act(admin, webhook, "replay", cursor="x")


def test_log_is_in_the_language_of_who_reads_it(admin, receiver):
    webhook, _ = make(admin, url=receiver.url, kinds=[])
    receiver.answer = lambda request: (503, {"retry-after": "86400"}, b"")
    queue.send_test(webhook)
    listeners.listen(WebhookListener(webhook.pk))
    row = Delivery.objects.get()
    day = timezone.localdate(row.next_attempt_at)
    text = admin.get(f"{URL}inspect/{webhook.pk}/").content.decode()
    assert "mottakeren svarte 503" in text
    assert text.count(f"neste forsøk: {day:%d.%m.%Y} ") == 2
    act(admin, webhook, "drop", delivery=row.pk)
    row.refresh_from_db()
    assert row.error == "dropped by admin"
    with override("nn"):
        assert translated(row.error) == "forkasta av admin"


def reads_home():
    from wagtail.models import Page

    return Page.objects.get(depth=2)


def test_one_message_can_be_dropped_and_sent_after_all(admin, receiver):
    webhook, _ = make(admin, url=receiver.url, kinds=[])
    receiver.answer = lambda request: 500
    queue.send_test(webhook)
    listeners.listen(WebhookListener(webhook.pk))
    row = Delivery.objects.get()
    act(admin, webhook, "drop", delivery=row.pk)
    row.refresh_from_db()
    assert row.status == "dropped"
    receiver.answer = lambda request: 200
    act(admin, webhook, "retry", delivery=row.pk)
    listeners.listen(WebhookListener(webhook.pk))
    row.refresh_from_db()
    assert row.status == "accepted"


def test_editors_do_not_see_webhooks(client, home):
    group = Group.objects.create(name="Redaktører")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("editor")
    user.groups.add(group)
    client.force_login(user)
    webhook = Webhook.objects.create(name="x", url="https://www.example.no/")
    for path in ("", f"inspect/{webhook.pk}/", f"edit/{webhook.pk}/"):
        assert client.get(URL + path).status_code == 302
    client.post(f"{URL}action/{webhook.pk}/", {"action": "disable"})
    assert Webhook.objects.get().enabled


def command(*arguments):
    out = StringIO()
    call_command("webhooks", *map(str, arguments), stdout=out)
    return json.loads(out.getvalue() or "null")


def test_command_does_the_same(home, receiver):
    made = command("add", receiver.url, "--kind", "published", "--name", "Speil")
    webhook = Webhook.objects.get(pk=made["id"])
    assert (webhook.key, webhook.kinds, webhook.name) == (made["key"], ["published"], "Speil")
    command("test", webhook.pk)
    assert command("list")[0]["waiting"] == 1
    listeners.listen(WebhookListener(webhook.pk))
    receiver.requests[-1].verify(made["key"])
    new = command("new-key", webhook.pk)["key"]
    assert Webhook.objects.get().keys == [new, made["key"]]
    command("drop-key", webhook.pk)
    command("disable", webhook.pk)
    command("enable", webhook.pk)
    command("replay", webhook.pk, "--time", "2020-01-01T00:00")
    command("retry", webhook.pk)
    listeners.listen(WebhookListener(webhook.pk))
    assert ("document.published", home.pk) in receiver.told()
    command("remove", webhook.pk)
    assert command("list") == []
    with pytest.raises(CommandError, match="There is no webhook"):
        command("test", 999)


def test_command_refuses_what_the_form_refuses(home):
    with pytest.raises(CommandError, match="public addresses"):
        command("add", "https://10.0.0.1/")


def test_form_that_enables_or_changes_the_address_sends_at_once_what_waits(admin, receiver):
    webhook, _ = make(admin, url=receiver.url, kinds=[])
    receiver.answer = lambda request: (503, {"retry-after": "3600"}, b"")
    queue.send_test(webhook)
    listeners.listen(WebhookListener(webhook.pk))
    for values in ({"url": receiver.url + "/new"}, {"enabled": ""}, {"enabled": "on"}):
        admin.post(f"{URL}edit/{webhook.pk}/", {**NEW, "url": receiver.url, "kinds": [], **values})
        receiver.requests.clear()
        listeners.listen(WebhookListener(webhook.pk))
        assert bool(receiver.requests) == (values != {"enabled": ""})
