"""What happens at a time: publishing, expiry, and images whose consent runs out. One failing item stops no other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import takewhile
from typing import Any

from django.apps import apps
from django.db import OperationalError
from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.content import times
from cms.content.images.models import ContentImage
from cms.publishing.lease import Holder, LeaseLost, wait_briefly, writing
from cms.publishing.models import PublishedSite

logger = logging.getLogger(__name__)

RETRY = timedelta(seconds=60)
RETRY_LOCKED = timedelta(seconds=3)
"""An item whose rows somebody is just writing: it is left for later, as others would wait for it."""


class Schedule:
    """``run_due()`` does all that is due, until ``stopping``: what is left is due after the next start.

    ``lease`` None: the caller knows that it is alone, as in tests.
    """

    def __init__(self, lease: Holder | None = None, stopping: threading.Event | None = None) -> None:
        self.lease = lease
        self._stopping = stopping or threading.Event()
        self._failed: dict[str, datetime] = {}
        """Items that raised, with the time of the next try; forgotten at restart, which is a try too."""

    def run_due(self) -> int:
        """Returns how many things happened."""
        now = timezone.now()
        due = takewhile(lambda _: not self._stopping.is_set(), _due(now))
        done = sum(self._try(name, now, action) for name, action in due)
        _tell_next()
        return done

    def _try(self, name: str, now: datetime, action: Callable[[], None]) -> int:
        if self._failed.get(name, now) > now:
            return 0
        try:
            # one transaction: a page goes live with its aliases, and only while this process may do it
            with writing(self.lease):
                wait_briefly()
                action()
        except LeaseLost:
            raise
        except OperationalError as error:
            logger.warning("Scheduled work found its rows locked: %s: %s", name, error)
            self._failed[name] = now + RETRY_LOCKED
            return 0
        except Exception:
            logger.exception("Scheduled work failed and is tried again in %s s: %s", RETRY.seconds, name)
            self._failed[name] = now + RETRY
            return 0
        self._failed.pop(name, None)
        return 1


def overdue() -> list[str]:
    """What should have happened more than a minute ago: it fails, or no worker runs."""
    return [name for name, _ in _due(timezone.now() - RETRY)]


def _due(now: datetime) -> Iterator[tuple[str, Callable[[], None]]]:
    """Everything due with a name for the log, oldest first. An action looks again whether it still is."""
    for model in _scheduled_models():
        rows = model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
        for pk in list(rows.values_list("pk", flat=True)):
            yield f"expire {model._meta.label} {pk}", lambda rows=rows, pk=pk: _expire(rows.filter(pk=pk).first())  # type: ignore[misc]
    revisions = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    for pk in list(revisions.values_list("pk", flat=True)):
        yield f"publish revision {pk}", lambda pk=pk: _publish(revisions.filter(pk=pk).first())  # type: ignore[misc]
    today = now.astimezone(times.OSLO).date()
    over = Q(consent_until__lt=today)
    for image in ContentImage.objects.filter(over, withdrawn=False).order_by("pk"):
        yield f"withdraw image {image.pk}", lambda image=image: _set_withdrawn(image, True)  # type: ignore[misc]
    for image in ContentImage.objects.filter(withdrawn=True).exclude(over).order_by("pk"):
        yield f"restore image {image.pk}", lambda image=image: _set_withdrawn(image, False)  # type: ignore[misc]


@cache
def _scheduled_models() -> list[Any]:
    others = [each for each in apps.get_models() if issubclass(each, DraftStateMixin) and not issubclass(each, Page)]
    return [Page, *others]


def _tell_next() -> None:
    """Keeps with the sites when something goes live next: no answer may be cached beyond it."""
    coming = Revision.objects.filter(approved_go_live_at__gt=timezone.now())
    next_live_at = coming.aggregate(at=Min("approved_go_live_at"))["at"]
    stored = PublishedSite.objects.order_by().values_list("next_live_at", flat=True).distinct()
    if set(stored) - {next_live_at}:
        PublishedSite.objects.update(next_live_at=next_live_at)


def _expire(item: Any) -> None:
    if item is not None:
        item = item.specific if isinstance(item, Page) else item
        item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision | None) -> None:
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def _set_withdrawn(image: ContentImage, withdrawn: bool) -> None:
    image.withdrawn = withdrawn
    image.save(update_fields=["withdrawn"])
