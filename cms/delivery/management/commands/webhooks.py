from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import override

from cms.api import feed
from cms.api.problems import ProblemError
from cms.delivery.models import Webhook
from cms.delivery.webhooks import queue
from cms.delivery.webhooks.forms import WebhookForm
from cms.publishing import listeners


class Command(BaseCommand):
    help = "Webhooks: the same as under Settings in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="All webhooks and how they are.")
        add = actions.add_parser("add", help="Prints the id and the signing key, which is shown only now.")
        add.add_argument("url")
        add.add_argument("--name", default="")
        add.add_argument("--kind", action="append", default=[], help="What is told; again for more. Left out: all.")
        add.add_argument("--type", action="append", default=[], help="Of which content types. Left out: all.")
        for name, text in {
            "test": "Send a test message.",
            "enable": "Send what waited, and what comes.",
            "disable": "Messages wait until it is enabled again.",
            "retry": "Try again now what waits.",
            "new-key": "Prints the new signing key; the old one signs too until drop-key.",
            "drop-key": "Sign with the new key alone.",
            "remove": "The webhook and the log of its deliveries.",
        }.items():
            actions.add_parser(name, help=text).add_argument("id", type=int)
        replay = actions.add_parser("replay", help="Send again what happened since a time or a cursor.")
        replay.add_argument("id", type=int)
        start = replay.add_mutually_exclusive_group(required=True)
        start.add_argument("--time", help="As 2026-03-01T12:00.")
        start.add_argument("--cursor", help="Of the change feed.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        do = getattr(self, f"_{action.replace('-', '_')}")
        if "id" not in options:
            return do(options)
        webhook = Webhook.objects.filter(pk=options["id"]).first()
        if webhook is None:
            raise CommandError(f"There is no webhook {options['id']}; see `webhooks list`.")
        return do(webhook, options) if action == "replay" else do(webhook)

    def _list(self, options: dict[str, Any]) -> None:
        self._print(
            [
                {
                    "id": each.pk,
                    "name": each.name,
                    "url": each.url,
                    "enabled": each.enabled,
                    "disabled_reason": each.disabled_reason,
                    "failures": each.failures,
                    "waiting": queue.waiting(each),
                }
                for each in Webhook.objects.all()
            ]
        )

    def _add(self, options: dict[str, Any]) -> None:
        form = WebhookForm(
            {
                "name": options["name"] or options["url"][:120],
                "url": options["url"],
                "kinds": options["kind"],
                "types": options["type"],
                "enabled": True,
            }
        )
        with override("en"):  # as all that commands say
            faults = " ".join(str(each) for errors in form.errors.values() for each in errors)
        if faults:
            raise CommandError(faults)
        webhook = form.save()
        self._print({"id": webhook.pk, "key": webhook.key})

    def _test(self, webhook: Webhook) -> None:
        self._print({"message": queue.send_test(webhook)})

    def _enable(self, webhook: Webhook) -> None:
        queue.enable(webhook)

    def _disable(self, webhook: Webhook) -> None:
        webhook.enabled = False
        webhook.save()

    def _retry(self, webhook: Webhook) -> None:
        queue.retry_now(webhook)

    def _new_key(self, webhook: Webhook) -> None:
        if not webhook.change_key():
            raise CommandError("There are two keys already: `drop-key` ends the old one.")
        self._print({"key": webhook.key})

    def _drop_key(self, webhook: Webhook) -> None:
        webhook.previous_key = ""
        webhook.save()

    def _remove(self, webhook: Webhook) -> None:
        webhook.delete()

    def _replay(self, webhook: Webhook, options: dict[str, Any]) -> None:
        queue.go_on_from(webhook, self._position(options["time"], options["cursor"]))

    def _position(self, time: str | None, cursor: str | None) -> int:
        if cursor:
            try:
                return feed.position_of(cursor)
            except ProblemError as error:
                raise CommandError("The cursor is broken, or the log no longer goes back to it.") from error
        moment = parse_datetime(time or "")
        if moment is None:
            raise CommandError("Give the time as 2026-03-01T12:00.")
        return listeners.position_at(make_aware(moment) if is_naive(moment) else moment)

    def _print(self, value: object) -> None:
        self.stdout.write(json.dumps(value, indent=2, ensure_ascii=False))
