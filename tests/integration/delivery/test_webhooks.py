"""Webhooks: what a receiver is told, in which order, and what happens when it does not take it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import WebhookVerificationError

from cms.api import feed
from cms.delivery.models import Delivery, Webhook
from cms.delivery.webhooks import attempt, keys, queue
from cms.delivery.webhooks.listener import WebhookListener, enabled
from cms.publishing import listeners, reads
from cms.publishing.lease import Holder, LeaseLost
from cms.publishing.models import Change, Consumer, Lease, Projection
from tests.integration.publishing.site import add, delete, move, news, plain, publish, section, unpublish, work


@pytest.fixture
def webhook(home, receiver):
    return Webhook.objects.create(name="Nettstedet", url=receiver.url)


def follow(webhook, times=10):
    """What the worker does, until there is nothing left to do now."""
    listener = WebhookListener(webhook.pk)
    for _ in range(times):
        if not listeners.listen(listener):
            break


def let_time_pass(webhook):
    """As if every pause were over."""
    Delivery.objects.filter(webhook=webhook).update(next_attempt_at=timezone.now())
    Webhook.objects.filter(pk=webhook.pk).update(paused_until=None)


def test_receiver_is_told_every_change_and_can_verify_it(home, webhook, receiver):
    page = add(home, news("Nytt", slug="nytt"))
    work()
    publish(page, title="Nyere")
    work()
    publish(page, slug="flyttet")
    work()
    unpublish(page)
    work()
    follow(webhook)
    kinds = [each.event for each in receiver.accepted if each.document == page.pk]
    assert kinds == ["document.published", "document.updated", "document.moved", "document.removed"]
    for request in receiver.requests:
        request.verify(webhook.key)
        assert request.headers["content-type"] == "application/json"
    assert len({request.id for request in receiver.requests}) == len(receiver.requests)


def test_data_is_the_entry_of_the_change_feed_with_absolute_urls(home, webhook, receiver, client):
    page = add(home, news("Nytt", slug="nytt"))
    start = feed.Place(reads.epoch(), "log", Consumer.objects.get(name=webhook.consumer).cursor).text()
    work()
    follow(webhook)
    entries = client.get("/api/v1/changes/", {"after": start}).json()["results"]
    told = {request.json["data"]["cursor"]: request.json["data"] for request in receiver.accepted}
    for entry in entries:
        data = told.pop(entry["cursor"])
        url, site, api_url = data.pop("url"), data.pop("site"), data.pop("api_url")
        assert api_url == "http://localhost" + entry.pop("api_url")
        assert entry.items() == data.items()
        assert (url, site) == (f"http://localhost{entry['path']}" if entry["path"] else None, "localhost")
    assert not told
    assert page.pk in [entry["id"] for entry in entries]


def test_takedown_is_told_without_a_title(home, webhook, receiver):
    page = add(home, news("Hemmelig tittel", slug="x"))
    work()
    delete(page)
    work()
    follow(webhook)
    removed = next(each for each in receiver.accepted if each.event == "document.removed")
    data = removed.json["data"]
    assert (data["id"], data["type"], data["path"]) == (page.pk, "news-article", "/x/")
    assert b"Hemmelig" not in b"".join(each.body for each in receiver.requests)


def test_new_webhook_is_told_only_what_comes(home, webhook, receiver):
    follow(webhook)
    assert receiver.requests == []


def test_kinds_and_types_narrow_what_is_told(home, receiver, webhook):
    Webhook.objects.filter(pk=webhook.pk).update(kinds=["published", "removed"], types=["news-article"])
    page, article = add(home, plain("Side")), add(home, news("Nytt"))
    work()
    publish(article, title="Nyere")
    work()
    follow(webhook)
    assert receiver.told() == [("document.published", article.pk)]
    assert page.pk not in [each.document for each in receiver.requests]


def test_message_that_fails_comes_again_with_its_id_and_a_new_signature(home, receiver, webhook):
    receiver.answer = lambda request: 500
    page = add(home, plain("Side"))
    work()
    follow(webhook)
    let_time_pass(webhook)
    receiver.answer = lambda request: 200
    follow(webhook)
    ids = [each.id for each in receiver.requests if each.document == page.pk]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    row = Delivery.objects.get(document_id=page.pk)
    assert (row.status, row.attempts, row.response_code, row.error) == ("accepted", 2, 200, "")


def test_messages_of_one_document_arrive_in_order_and_others_overtake(home, receiver, webhook):
    slow, quick = add(home, plain("Treg")), add(home, plain("Rask"))
    work()
    publish(slow, title="Treg 2")
    publish(quick, title="Rask 2")
    work()
    receiver.answer = lambda request: 503 if request.document == slow.pk else 200
    follow(webhook)
    assert {each.event for each in receiver.requests if each.document == slow.pk} == {"document.published"}
    assert [event for event, document in receiver.told() if document == quick.pk] == [
        "document.published",
        "document.updated",
    ]
    receiver.answer = lambda request: 200
    let_time_pass(webhook)
    follow(webhook)
    assert [event for event, document in receiver.told() if document == slow.pk] == [
        "document.published",
        "document.updated",
    ]


def test_receiver_that_is_down_is_asked_seldom_and_gets_everything_when_it_is_back(home, receiver, webhook):
    receiver.answer = lambda request: 500
    pages = [add(home, plain(f"Side {number}")) for number in range(8)]
    work()
    follow(webhook)
    assert len(receiver.requests) == attempt.PATIENCE
    Webhook.objects.filter(pk=webhook.pk).update(paused_until=timezone.now())
    follow(webhook)
    assert len(receiver.requests) == attempt.PATIENCE + 1
    receiver.answer = lambda request: 200
    Webhook.objects.filter(pk=webhook.pk).update(paused_until=timezone.now())
    follow(webhook)
    assert {each.pk for each in pages} <= {document for _, document in receiver.told()}
    assert queue.waiting(webhook) == 0
    webhook.refresh_from_db()
    assert webhook.failures == 0


def test_pauses_grow_to_an_hour():
    assert 4 <= attempt.delay(1).total_seconds() <= 6
    assert 8 <= attempt.delay(2).total_seconds() <= 12
    assert 2880 <= attempt.delay(30).total_seconds() <= 4320


@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_is_honoured(home, receiver, webhook, code):
    receiver.answer = lambda request: (code, {"retry-after": "120"}, b"")
    add(home, plain("Side"))
    work()
    follow(webhook)
    assert len(receiver.requests) == 1
    webhook.refresh_from_db()
    assert timedelta(seconds=110) < webhook.paused_until - timezone.now() <= timedelta(seconds=120)


def test_receiver_that_is_gone_is_disabled_and_what_waits_is_kept(home, receiver, webhook):
    receiver.answer = lambda request: 410
    add(home, plain("Side"))
    work()
    follow(webhook)
    webhook.refresh_from_db()
    assert (webhook.enabled, webhook.disabled_reason) == (False, "410")
    assert len(receiver.requests) == 1
    assert list(enabled()) == []
    receiver.answer = lambda request: 200
    webhook.enabled = True
    webhook.save()
    let_time_pass(webhook)
    follow(webhook)
    assert queue.waiting(webhook) == 0
    assert webhook.disabled_reason == ""


def test_disabled_webhook_is_told_later(home, receiver, webhook):
    webhook.enabled = False
    webhook.save()
    page = add(home, plain("Side"))
    work()
    follow(webhook)
    assert receiver.requests == []
    webhook.enabled = True
    webhook.save()
    follow(webhook)
    assert ("document.published", page.pk) in receiver.told()


def test_redirect_is_a_failure_and_is_not_followed(home, receiver, webhook):
    receiver.answer = lambda request: (307, {"location": "/elsewhere"}, b"")
    add(home, plain("Side"))
    work()
    follow(webhook)
    assert {each.path for each in receiver.requests} == {"/hook"}
    assert "redirects are not followed" in Delivery.objects.filter(attempts=1).first().error


def test_both_keys_sign_while_they_change(home, receiver, webhook):
    old = webhook.key
    webhook.key, webhook.previous_key = keys.new_key(), old
    webhook.save()
    add(home, plain("Side"))
    work()
    follow(webhook)
    for key in (old, webhook.key):
        receiver.requests[-1].verify(key)
    webhook.previous_key = ""
    webhook.save()
    queue.send_test(webhook)
    follow(webhook)
    receiver.requests[-1].verify(webhook.key)
    with pytest.raises(WebhookVerificationError):
        receiver.requests[-1].verify(old)


def test_replay_sends_again_from_a_position_with_the_same_ids(home, receiver, webhook):
    pages = [add(home, plain(f"Side {number}")) for number in range(3)]
    work()
    follow(webhook)
    first = list(receiver.requests)
    second = Delivery.objects.get(document_id=pages[1].pk)
    queue.go_on_from(webhook, second.position - 1)
    follow(webhook)
    again = receiver.requests[len(first) :]
    assert {each.id for each in again} <= {each.id for each in first}
    assert {pages[1].pk, pages[2].pk} <= {each.document for each in again}
    assert pages[0].pk not in {each.document for each in again}


def test_replay_of_what_was_before_the_webhook(home, receiver, webhook):
    queue.go_on_from(webhook, 0)
    follow(webhook)
    assert ("document.published", home.pk) in receiver.told()


def test_webhook_that_is_removed_leaves_nothing(home, webhook):
    webhook.delete()
    assert not Consumer.objects.filter(name__startswith="webhook-").exists()


def test_receiver_is_told_when_the_log_does_not_lead_on(home, receiver, webhook):
    receiver.answer = lambda request: 500
    add(home, plain("Side"))
    work()
    follow(webhook)
    Projection.objects.update(epoch="restored")
    receiver.answer = lambda request: 200
    let_time_pass(webhook)
    follow(webhook)
    assert receiver.told() == [("log.restarted", None)]
    assert receiver.accepted[0].json["data"] == {"api_url": "http://localhost/api/v1/changes/"}
    page = add(home, plain("Ny side"))
    work()
    follow(webhook)
    assert ("document.published", page.pk) in receiver.told()


def test_crash_between_entries_and_cursor_repeats_nothing_that_was_accepted(home, receiver, webhook):
    page = add(home, plain("Side"))
    work()
    before = Consumer.objects.get(name=webhook.consumer).cursor
    follow(webhook)
    Consumer.objects.filter(name=webhook.consumer).update(cursor=before)
    follow(webhook)
    assert [each.document for each in receiver.requests].count(page.pk) == 1


def test_process_without_the_lease_records_nothing(home, receiver, webhook):
    add(home, plain("Side"))
    work()
    Lease.objects.create(name="projector", holder="another", expires_at=timezone.now() + timedelta(minutes=1))
    with pytest.raises(LeaseLost):
        listeners.listen(WebhookListener(webhook.pk), Holder("projector"))
    assert not Delivery.objects.filter(status="accepted").exists()


def test_dead_receiver_fills_no_table(home, receiver, webhook, monkeypatch):
    monkeypatch.setattr(queue, "LONGEST", 2)
    monkeypatch.setattr(listeners, "BATCH", 2)
    receiver.answer = lambda request: 500
    for number in range(6):
        add(home, plain(f"Side {number}"))
    work()
    follow(webhook)
    assert queue.waiting(webhook) == 2
    receiver.answer = lambda request: 200
    let_time_pass(webhook)
    follow(webhook, times=30)
    assert len({document for _, document in receiver.told() if document}) >= 6


def test_log_of_deliveries_is_cut_but_not_what_waits(home, receiver, webhook):
    add(home, plain("Side"))
    work()
    follow(webhook)
    receiver.answer = lambda request: 500
    late = add(home, plain("Side 2"))
    work()
    follow(webhook)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    while queue.cut_log():
        pass
    assert late.pk in Delivery.objects.values_list("document_id", flat=True)
    assert set(Delivery.objects.values_list("status", flat=True)) == {"waiting"}


def test_answer_is_kept_in_part(home, receiver, webhook):
    receiver.answer = lambda request: (400, {}, b"\x00\xff<script>" + b"x" * 100_000)
    queue.send_test(webhook)
    follow(webhook)
    row = Delivery.objects.get()
    assert row.response_code == 400
    assert "<script>" in row.excerpt
    assert len(row.excerpt) <= 2048
    assert "\x00" not in row.excerpt


def test_moved_subtree_is_told_page_by_page(home, receiver, webhook):
    old, new = add(home, section("Gammel")), add(home, section("Ny"))
    child = add(old, plain("Barn"))
    work()
    follow(webhook)
    receiver.requests.clear()
    move(old, new)
    work()
    follow(webhook)
    moved = {each.document: each.json["data"] for each in receiver.accepted if each.event == "document.moved"}
    assert moved[child.pk]["previous_path"] == "/gammel/barn/"
    assert moved[child.pk]["path"] == "/ny/gammel/barn/"


def test_replay_keeps_the_order_where_earlier_entries_are_not_in_the_table_yet(home, receiver, monkeypatch):
    monkeypatch.setattr(queue, "LONGEST", 3)
    monkeypatch.setattr(listeners, "BATCH", 2)
    page = add(home, plain("Side 0"))
    work()
    late = Webhook.objects.create(name="Sen", url=receiver.url)
    for number in range(1, 6):
        publish(page, title=f"Side {number}")
        work()
        follow(late)
    receiver.requests.clear()
    queue.go_on_from(late, 0)
    follow(late, times=30)
    told = [int(each.id.rpartition("_")[2]) for each in receiver.accepted if each.document == page.pk]
    assert told == list(Change.objects.filter(document_id=page.pk).order_by("pk").values_list("pk", flat=True))


def test_replay_during_a_delivery_sends_nothing_ahead_of_it(home, receiver, monkeypatch):
    page, other = add(home, plain("Side")), add(home, plain("Annen"))
    work()
    late = Webhook.objects.create(name="Sen", url=receiver.url)
    for each in (page, other):
        publish(each, title=f"{each.title} 2")
    work()

    def replay(_):
        if len(receiver.requests) == 1:
            queue.go_on_from(late, 0)

    monkeypatch.setattr(attempt, "failpoint", replay)
    follow(late)
    positions = [int(each.id.rpartition("_")[2]) for each in receiver.requests if each.document == other.pk]
    assert positions == list(Change.objects.filter(document_id=other.pk).order_by("pk").values_list("pk", flat=True))


def test_crash_after_the_log_began_anew_loses_not_the_word_of_it(home, receiver, webhook):
    Projection.objects.update(epoch="restored")
    listener = WebhookListener(webhook.pk)
    listener.start_over()  # and the process is killed before the cursor moved
    follow(webhook)
    assert receiver.told() == [("log.restarted", None)]


def test_webhook_that_is_removed_during_a_delivery_leaves_no_consumer(home, receiver, webhook, monkeypatch):
    monkeypatch.setattr(attempt, "failpoint", lambda _: Webhook.objects.get(pk=webhook.pk).delete())
    add(home, plain("Side"))
    work()
    listener = WebhookListener(webhook.pk)
    listeners.listen(listener)
    assert receiver.requests
    listeners.listen(listener)
    assert not Consumer.objects.filter(name__startswith="webhook-").exists()


@pytest.mark.parametrize(
    "text", ["Mon, 01 Jan 2024 00:00:00 +9999999999999999999", "Mon, 01 Jan 99999999999999999999 0:0 GMT"]
)
def test_retry_after_that_is_no_date_is_left_alone(home, receiver, webhook, text):
    receiver.answer = lambda request: (503, {"retry-after": text}, b"")
    queue.send_test(webhook)
    follow(webhook)
    assert Delivery.objects.get().response_code == 503
